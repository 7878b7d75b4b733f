"""Writes the parts list as CycloneDX 1.5 JSON: packages with their versions, licences and the hash of the wheel they
came from, the interpreter, the fonts, and every file of the program folder with its hash."""

from __future__ import annotations

import json
import re
import time
import uuid
import zipfile
from email.parser import Parser
from pathlib import Path

from .common import APP_NAME, ROOT, SUMMARY, commit_time, list_files, read_version
from .sums import hash_file

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
WHEEL_CARRIER = "panda3d"
BUILD_ONLY = {"altgraph", "packaging", "pefile", "pyinstaller-hooks-contrib", "pywin32-ctypes", "setuptools"}
FONTS = {"GwFang": ("朱雀仿宋", "0.212"), "GwKai": ("霞鹜文楷", "1.511"), "GwHei": ("Noto Sans CJK SC Medium", "2.004"),
         "GwBiaoSong": ("Noto Serif CJK SC Bold", "2.003"), "GwSong": ("Noto Serif CJK SC Regular", "2.003"),
         "GwExt": ("HanaMinB", "2017-09-04"), "LiberationSerif-Regular": ("Liberation Serif", "2.1.5")}


def write_parts_list(target: Path, wheels: Path, folder: Path, system: str) -> None:
    parts = [_interpreter(wheels, folder), *_packages(wheels), *_fonts(), *_files(folder, target)]
    content = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        # The same parts, the same number: a random one would make every build differ.
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, json.dumps(parts, sort_keys=True))}",
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(commit_time())),
            "component": {"type": "application", "bom-ref": APP_NAME, "name": APP_NAME, "version": read_version(),
                          "description": SUMMARY, "licenses": [{"license": {"id": "MIT"}}],
                          "properties": [{"name": "system", "value": system}]}},
        "components": parts,
    }
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _packages(wheels: Path) -> list[dict[str, object]]:
    return [_package(wheel) for wheel in sorted(wheels.glob("*.whl")) if not wheel.name.startswith(WHEEL_CARRIER)]


def _interpreter(wheels: Path, folder: Path) -> dict[str, object]:
    """CPython: on Windows the binaries that the carrier's wheel holds, on Linux what deb.py compiles."""
    carrier = next(wheels.glob(f"{WHEEL_CARRIER}-*.whl"), None)
    library = next(folder.rglob("python311.dll"), None)
    found = re.search(rb"3\0\.\0001\0001\0\.\0((?:[0-9]\0)+)", library.read_bytes()) if library else None
    number = "3.11." + found.group(1).decode("utf-16-le") if found else "3.11"
    part: dict[str, object] = {"type": "platform", "bom-ref": "CPython", "name": "CPython", "version": number,
                               "licenses": [{"license": {"id": "PSF-2.0"}}]}
    if carrier:
        part["description"] = f"binaries from {carrier.name}"
        part["hashes"] = [{"alg": "SHA-256", "content": hash_file(carrier)}]
    return part


def _package(wheel: Path) -> dict[str, object]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(entry for entry in archive.namelist() if entry.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(name).decode("utf-8"))
    package = said["Name"].lower().replace("_", "-")
    part: dict[str, object] = {
        "type": "library", "bom-ref": f"pkg:pypi/{package}@{said['Version']}", "name": said["Name"],
        "version": said["Version"], "purl": f"pkg:pypi/{package}@{said['Version']}",
        "hashes": [{"alg": "SHA-256", "content": hash_file(wheel)}],
        "scope": "excluded" if package in BUILD_ONLY else "required"}
    licence = said["License-Expression"] or _first_line(said["License"]) or _classifier(said.get_all("Classifier"))
    if licence:
        part["licenses"] = [{"expression": licence}] if said["License-Expression"] else [{"license": {"name": licence}}]
    return part


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0][:80] if (text or "").strip() else ""


def _classifier(names: list[str] | None) -> str:
    return next((name.rpartition(" :: ")[2] for name in names or [] if name.startswith("License ::")), "")


def _fonts() -> list[dict[str, object]]:
    fonts = []
    for file in sorted((ROOT / "resources" / "fonts").glob("*.ttf")):
        source, number = FONTS.get(file.stem, (file.stem, "unknown"))
        fonts.append({"type": "data", "bom-ref": f"font:{file.stem}", "name": file.name, "version": number,
                      "description": f"from {source}", "licenses": [{"license": {"id": "OFL-1.1"}}],
                      "hashes": [{"alg": "SHA-256", "content": hash_file(file)}]})
    return fonts


def _files(folder: Path, itself: Path) -> list[dict[str, object]]:
    return [{"type": "file", "bom-ref": f"file:{file.relative_to(folder).as_posix()}",
             "name": file.relative_to(folder).as_posix(), "hashes": [{"alg": "SHA-256", "content": hash_file(file)}]}
            for file in list_files(folder) if file != itself]
