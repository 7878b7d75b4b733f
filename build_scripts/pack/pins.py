"""Fetches wheels by pin and hash, from the package index or from a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from .common import CACHE, PACK_FOLDER, MissingError, make_fresh_folder, run_child

WINDOWS_PLATFORMS = ("win_amd64",)
# The newest glibc that a wheel for the .deb may ask for is 2.31; manylinux_2_28 is what Qt is published for.
LINUX_PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64")
_QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_USER": "0"}


def require_pip() -> None:
    from importlib.util import find_spec

    if find_spec("pip") is None:
        raise MissingError("this Python lacks pip. Type:  sudo apt-get update && sudo apt-get install -y python3-pip")


def _for(platforms: tuple[str, ...]) -> list[str]:
    words = ["--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp", "--no-deps"]
    for name in platforms:
        words += ["--platform", name]
    return words


def _lists(platforms: tuple[str, ...]) -> list[str]:
    names = ["pins.txt"] + (["pins-windows.txt"] if platforms == WINDOWS_PLATFORMS else [])
    return [word for name in names for word in ("-r", str(PACK_FOLDER / name))]


def fetch_wheels(platforms: tuple[str, ...], offline: Path | None) -> Path:
    """A folder with every wheel of the pins; each was held against its hash by pip."""
    folder = CACHE / f"wheels-{platforms[0]}"
    folder.mkdir(parents=True, exist_ok=True)
    source = ["--no-index", "--find-links", str(offline)] if offline else ["--find-links", str(folder)]
    run_child(sys.executable, "-m", "pip", "download", "--require-hashes", *_for(platforms), *source, "-d", folder,
              *_lists(platforms), settings=_QUIET)
    return folder


def install_wheels(platforms: tuple[str, ...], wheels: Path, target: Path, leave_out: tuple[str, ...] = ()) -> None:
    """Unpack the wheels into a site-packages folder, from outside."""
    chosen = make_fresh_folder(target.parent / "pins")
    for name in ("pins.txt", *(("pins-windows.txt",) if platforms == WINDOWS_PLATFORMS else ())):
        entries = (PACK_FOLDER / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        kept = [entry for entry in entries if entry.split("==")[0] not in leave_out]
        (chosen / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    lists = [word for file in sorted(chosen.iterdir()) for word in ("-r", str(file))]
    run_child(sys.executable, "-m", "pip", "install", "--require-hashes", "--no-compile", "--no-index",
              "--find-links", wheels, *_for(platforms), "--target", target, *lists, settings=_QUIET)


def find_wheel(folder: Path, name: str) -> Path:
    return next(folder.glob(f"{name.replace('-', '_')}-*.whl"))
