"""Tries the .deb: installs it with apt, starts, tests and removes it in bare roots of Debian 11 and 12."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from . import deb, debian
from .common import BUILD, CACHE, BuildError, make_fresh_folder, print_sentence

WORK = BUILD / "trial-deb"
SYSTEMS = {"bullseye": "11", "bookworm": "12"}
# A display for the trial; everything else has to come with the package.
SCREEN_PACKAGES = ["xvfb", "xauth", "xdotool", "imagemagick", "shared-mime-info", "desktop-file-utils"]
INSTALL_SCRIPT = "apt-get update -qq && apt-get install -qy --no-install-recommends /tmp/govdesk.deb"
WINDOW_SCRIPT = """cd /tmp
xvfb-run -a -s '-screen 0 1366x768x24' sh -c '
  govdesk "/root/报告 2023.govdesk" & program=$!
  n=0; until xdotool search --onlyvisible --name 政府信息公开年报 >/dev/null 2>&1
  do n=$((n+1)); [ $n -gt 300 ] && exit 9; sleep 0.1; done
  echo window after $((n/10)).$((n%10)) s; sleep 3
  import -window root /tmp/window.png; kill $program'
"""


def try_deb() -> None:
    make_fresh_folder(WORK)
    for release, number in SYSTEMS.items():
        root = CACHE / f"trial-{release}"
        debian.remove_root(root)
        debian.make_root(release, root, SCREEN_PACKAGES)
        try:
            _on(root, number)
        finally:
            debian.remove_root(root)


def _on(root: Path, number: str) -> None:
    shutil.copy(deb.package_file(), root / "tmp" / "govdesk.deb")
    resolver = root / "etc" / "resolv.conf"
    if not resolver.exists() and Path("/etc/resolv.conf").exists():
        shutil.copy("/etc/resolv.conf", resolver)
    debian.run_in_root(root, INSTALL_SCRIPT, log=WORK / f"install-{number}.log")
    for file in ("usr/bin/govdesk", "usr/share/applications/govdesk.desktop", "usr/share/mime/packages/govdesk.xml"):
        _check((root / file).is_file(), f"{file} is missing")
    debian.run_in_root(root, "desktop-file-validate /usr/share/applications/govdesk.desktop && cp "
                       "/opt/govdesk/_internal/resources/samples/sample-2023.govdesk '/root/报告 2023.govdesk'")
    kind = debian.run_in_root(root, "grep -c application/x-govdesk /usr/share/mime/globs2").strip()
    _check(kind == "1", "the MIME type is not known")
    debian.run_in_root(root, "xvfb-run -a govdesk --self-test /root/self-test.json", timeout=180)
    found = json.loads((root / "root" / "self-test.json").read_text(encoding="utf-8"))
    _check(found["ok"], f"the self-test says {found.get('problem')}")
    shutil.copy(root / found["pdf"].lstrip("/"), WORK / f"debian-{number}.pdf")
    seen = debian.run_in_root(root, WINDOW_SCRIPT, timeout=120).strip().splitlines()[-1]
    shutil.copy(root / "tmp" / "window.png", WORK / f"debian-{number}.png")
    debian.run_in_root(root, "apt-get remove -qy govdesk")
    _check(not (root / "opt" / "govdesk").exists() and not (root / "usr/bin/govdesk").exists(), "removal left files")
    _check((root / "root/.local/share/GovDesk/govdesk.sqlite3").is_file(), "the drafts are gone")
    print_sentence(f"  ✓ Debian {number}: installed, self-test (first page after {found['first_paint_ms']} ms), "
                   f"{seen}, removed, drafts kept")


def _check(holds: object, words: str) -> None:
    if not holds:
        raise BuildError(f"trial of the .deb: {words}")
