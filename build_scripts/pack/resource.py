"""Writes the version resource of GovDesk.exe, in Chinese: what the properties of the file show."""

from __future__ import annotations

from pathlib import Path

from .common import APP_NAME, COPYRIGHT, PUBLISHER, SUMMARY, TITLE, read_version, windows_version

CHINESE, UNICODE = 0x0804, 1200


def write_version_resource(target: Path) -> None:
    numbers = windows_version()
    words = {"CompanyName": PUBLISHER, "FileDescription": SUMMARY, "FileVersion": read_version(),
             "InternalName": APP_NAME,
             "LegalCopyright": COPYRIGHT, "OriginalFilename": f"{APP_NAME}.exe", "ProductName": TITLE,
             "ProductVersion": read_version()}
    strings = ",\n  ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    target.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004,\n"
        f" fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('{CHINESE:04x}{UNICODE:04x}', [\n"
        f"  {strings}])]),\n VarFileInfo([VarStruct('Translation', [{CHINESE}, {UNICODE}])])])\n", encoding="utf-8")
