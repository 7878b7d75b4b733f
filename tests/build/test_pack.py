"""The quick part of what build.py is made of."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from pack import common, compare, deb, notices, pins, resource, sbom, windows_trial

import govdesk

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "build_scripts" / "pack"
SAMPLE = ROOT / "resources" / "samples" / "sample-2023.govdesk"


def test_there_is_one_version_number(tmp_path: Path) -> None:
    assert common.read_version() == govdesk.__version__
    resource.write_version_resource(tmp_path / "version.txt")
    text = (tmp_path / "version.txt").read_text(encoding="utf-8")
    assert f"'{govdesk.__version__}'" in text and "080404b0" in text and "政府信息公开" in text
    assert not re.search(r"\d+\.\d+\.\d+", (PACK / "installer.nsi").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["pins.txt", "pins-windows.txt"])
def test_every_pin_is_exact_and_has_a_hash(name: str) -> None:
    entries = (PACK / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert pinned
    for entry in pinned:
        assert re.fullmatch(r"[a-z0-9-]+==\S+( +--hash=sha256:[0-9a-f]{64})+", entry), entry


def test_the_pins_hold_every_dependency_of_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=~!\[; ]", name)[0].lower() for name in project["dependencies"]}
    assert wanted <= set(re.findall(r"^([a-z0-9-]+)==", (PACK / "pins.txt").read_text(encoding="utf-8"), re.M))


def test_what_is_missing_is_a_sentence_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(common.MissingError, match=r"lacks no-such-tool\. Type:  sudo apt-get .* install .* package"):
        common.require_tools({"no-such-tool": "package"})


def test_nothing_is_made_when_something_is_missing(tmp_path: Path) -> None:
    """Exit code 2, one sentence, no folder."""
    done = subprocess.run([sys.executable, ROOT / "build_scripts" / "build.py", "windows", "--test"], cwd=tmp_path,
                          env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Type:" in done.stdout and not list(tmp_path.iterdir())


def test_a_file_that_differs_is_found(tmp_path: Path) -> None:
    for turn, content in (("one", "a"), ("other", "b")):
        (tmp_path / turn / "in").mkdir(parents=True)
        (tmp_path / turn / "in" / "differs").write_text(content)
        (tmp_path / turn / "same").write_text("c")
    (tmp_path / "one" / "alone").write_text("d")
    assert compare.find_differences(tmp_path / "one", tmp_path / "other") == ["alone", "in/differs"]


def wheel(folder: Path, name: str, version: str, licence: str) -> Path:
    file = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA",
                         f"Name: {name}\nVersion: {version}\nLicense-Expression: {licence}\n")
        archive.writestr(f"{name}-{version}.dist-info/licenses/LICENSE", f"the {licence} licence")
    return file


def test_the_folder_carries_licences_and_the_parts_list(tmp_path: Path) -> None:
    wheels, folder = tmp_path / "wheels", tmp_path / "folder"
    wheels.mkdir()
    folder.mkdir()
    wheel(wheels, "parts_maker", "1.2", "MIT")
    (folder / "program").write_text("x")
    notices.add_notices(folder, wheels, "windows")
    found = folder / "notices"
    assert (found / "licences" / "parts_maker" / "LICENSE").read_text() == "the MIT licence"
    for name in ("LICENSE.txt", "THIRD_PARTY_NOTICES.md", "for-information-offices.zh-CN.md", "licences/LGPL-3.0.txt",
                 "licences/GPL-3.0.txt", "licences/Python/LICENSE.txt"):
        assert (found / name).stat().st_size > 500, name
    listed = json.loads((found / "parts.cdx.json").read_text(encoding="utf-8"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    parts = {part["name"]: part for part in listed["components"]}
    assert parts["parts_maker"]["licenses"] == [{"expression": "MIT"}]
    assert {"GwFang.ttf", "program"} <= parts.keys()
    references = [part["bom-ref"] for part in listed["components"]]
    assert len(references) == len(set(references))
    assert parts.pop("CPython")["licenses"] == [{"license": {"id": "PSF-2.0"}}]
    assert all(re.fullmatch(r"[0-9a-f]{64}", part["hashes"][0]["content"]) for part in parts.values())


def test_every_font_has_a_source_in_the_parts_list() -> None:
    assert {file.stem for file in (ROOT / "resources" / "fonts").glob("*.ttf")} == set(sbom.FONTS)


def test_blanks_in_the_folder_are_words_of_their_own() -> None:
    assert windows_trial.install_arguments("C:\\办公 软件") == ["/D=C:\\办公", "软件"]


def test_the_deb_names_its_glibc() -> None:
    """It depends on what the build holds the folder against, and no wheel may ask for more."""
    assert f"libc6 (>= {deb.OLDEST_GLIBC[0]}.{deb.OLDEST_GLIBC[1]})" in deb.DEPENDENCIES.split(", ")
    asked = [re.fullmatch(r"manylinux_(\d+)_(\d+)_x86_64", tag) for tag in pins.LINUX_PLATFORMS if tag
             != "manylinux2014_x86_64"]
    assert asked and all(found and (int(found[1]), int(found[2])) <= deb.OLDEST_GLIBC for found in asked)


def test_the_recipe_takes_the_migrations_as_files() -> None:
    recipe = (PACK / "program.spec").read_text(encoding="utf-8")
    assert '"govdesk/store/migrations"' in recipe


def test_pillow_is_not_packed_and_so_not_imported() -> None:
    """The packages carry a stand-in for it (decision 0006): what imports it needs it in the pins again."""
    sources = [*(ROOT / "govdesk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    assert not [file for file in sources
                if re.search(r"^\s*(from|import) PIL\b", file.read_text(encoding="utf-8"), re.M)]
    assert not re.search(r"^pillow", (PACK / "pins.txt").read_text(encoding="utf-8"), re.M)


def test_the_program_makes_its_pdf_without_pillow(tmp_path: Path) -> None:
    """As the frozen program does: the stand-in first on the path. The same file, to the byte, as with Pillow; alone as
    on the command line, and beside another thread as in the window."""
    code = ("import os, sys, threading, time\n"
            "if sys.argv.pop(1) == 'window': threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
            "from govdesk import cli\n"
            "done = cli.run_command(cli.make_parser().parse_args(sys.argv[1:]))\n"
            "import PIL\n"
            "print(PIL.__file__, flush=True)\n"
            "os._exit(done)\n")
    made = set()
    for path in (str(ROOT), f"{PACK / 'stand_in'}{os.pathsep}{ROOT}"):
        for way in ("alone", "window"):
            target = tmp_path / f"{len(path)}-{way}.pdf"
            command = [sys.executable, "-c", code, way, "export", str(SAMPLE), "-o", str(target)]
            done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, cwd=tmp_path, capture_output=True,
                                  text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            assert ("stand_in" in done.stdout) == ("stand_in" in path)
            made.add(target.read_bytes())
    assert len(made) == 1


def test_a_socket_in_a_trace_of_wine_is_found() -> None:
    for line in ("0024:trace:winsock:WSASocketW family 2, type 1", "0024:trace:winsock:connect socket 0x54",
                 '002c:trace:winsock:getaddrinfo node "pc"'):
        assert windows_trial.SOCKET_CALL.search(line)
    for line in ("0024:trace:winsock:WSAStartup version 0x202", "0024:trace:winsock:gethostname name 000000000021F5A0"):
        assert not windows_trial.SOCKET_CALL.search(line)
    asked = 'trace:winsock:getaddrinfo node "pc", service (null), hints '
    assert (windows_trial.socket_calls(f"0024:{asked}000000000021F390")
            == windows_trial.socket_calls(f"002c:{asked}00000000010A1E67"))


def test_the_recipe_takes_every_module_and_resource_whole() -> None:
    """A module or data file that is added is packed without a line here."""
    recipe = (PACK / "program.spec").read_text(encoding="utf-8")
    for words in ('modules("govdesk")', 'modules("ui")', 'sources(root / "resources", "resources")'):
        assert words in recipe
