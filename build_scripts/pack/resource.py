"""The version resource of GovDesk.exe, in Chinese: what the properties of the file show."""

from __future__ import annotations

from pathlib import Path

from .common import APP, COPYRIGHT, PUBLISHER, SUMMARY, TITLE, four_numbers, version

CHINESE, UNICODE = 0x0804, 1200


def write(target: Path) -> None:
    numbers = four_numbers()
    words = {"CompanyName": PUBLISHER, "FileDescription": SUMMARY, "FileVersion": version(), "InternalName": APP,
             "LegalCopyright": COPYRIGHT, "OriginalFilename": f"{APP}.exe", "ProductName": TITLE,
             "ProductVersion": version()}
    strings = ",\n  ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    target.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004,\n"
        f" fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('{CHINESE:04x}{UNICODE:04x}', [\n"
        f"  {strings}])]),\n VarFileInfo([VarStruct('Translation', [{CHINESE}, {UNICODE}])])])\n", encoding="utf-8")
