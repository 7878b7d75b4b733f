"""Makes bare Debian systems in folders with mmdebstrap, and runs commands in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .common import CACHE, BuildError, MissingError, print_sentence, require_tools, run_child

TOOLS = {"mmdebstrap": "mmdebstrap", "dpkg-deb": "dpkg", "unshare": "util-linux", "chroot": "coreutils"}
# What Qt loads and its wheel lacks; PyInstaller packs what it finds of these, so they must be in the root.
QT_NEEDS = ["libgl1", "libegl1", "libdbus-1-3", "libglib2.0-0", "libfontconfig1", "libfreetype6", "libxcb-cursor0",
            "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0",
            "libxcb-shape0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1", "libx11-xcb1",
            "libxkbcommon-x11-0", "libxkbcommon0"]
PYTHON_NEEDS = ["build-essential", "libsqlite3-dev", "zlib1g-dev", "libffi-dev", "libbz2-dev", "liblzma-dev", "tcl"]


def check_tools() -> None:
    require_tools(TOOLS)
    if os.geteuid():
        raise MissingError("Debian roots are made as root. Type:  sudo python3.11 build_scripts/build.py deb")


def make_root(release: str, target: Path, packages: list[str]) -> Path:
    """A root with these packages. One that was made before with the same packages is used again."""
    stamp = target / "made-with"
    wanted = " ".join([release, *packages])
    if stamp.is_file() and stamp.read_text() == wanted:
        return target
    remove_root(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    run_child("mmdebstrap", "--variant=apt", "--mode=root", f"--include={','.join(packages)}", release, target)
    stamp.write_text(wanted)
    print_sentence(f"a root of Debian {release}")
    return target


def remove_root(target: Path) -> None:
    mounted = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    if any(place.startswith(f"{target}/") for place in mounted):
        raise BuildError(f"something is mounted below {target}; nothing was removed.")
    if target.exists():
        shutil.rmtree(target)


def command_in_root(root: Path, command: str) -> list[str]:
    """The command line that runs a shell line in a root, with a /proc of its own that goes when it ends."""
    return ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={root / 'proc'}", "chroot", str(root),
            "/bin/sh", "-ec", command]


def run_in_root(root: Path, command: str, log: Path | None = None, timeout: float = 1500, **settings: str) -> str:
    base = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", "TMPDIR": "/tmp"}
    return run_child(*command_in_root(root, command), settings={**base, **settings}, log=log, timeout=timeout)


def fetch_source(package: str, version: str, kind: str, sha256: str) -> Path:
    """The original source archive of a Debian package, held against our hash."""
    from .sums import hash_file as of

    folder = CACHE / "source"
    archive = folder / f"{package}_{version}.orig.tar.{kind}"
    if not archive.is_file():
        (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        listed = folder / "sources.list"
        listed.write_text("deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
                          "http://deb.debian.org/debian bookworm main\n")
        options = [word for setting in (f"Dir::Etc::SourceList={listed}", "Dir::Etc::SourceParts=/dev/null",
                                        f"Dir::State::Lists={folder / 'lists'}") for word in ("-o", setting)]
        run_child("apt-get", *options, "update", "-qq")
        subprocess.run(["apt-get", *options, "source", "--download-only", "-qq", package], cwd=folder, check=False,
                       capture_output=True)
    if not archive.is_file() or of(archive) != sha256:
        raise BuildError(f"{archive.name} could not be had, or is not the one that was pinned.")
    return archive
