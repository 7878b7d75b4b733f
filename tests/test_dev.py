"""dev.py's decisions: what is missing, what to tell whom, whether a window can be seen, whether .venv is ready."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
needs_unix_sockets = pytest.mark.skipif(sys.platform != "linux", reason="displays with sockets are Linux's")


@pytest.fixture
def dev(tmp_path: Path) -> ModuleType:
    """dev.py as a module of its own, working on an empty folder."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.OUTPUT, module.WHEELS = tmp_path, tmp_path / "output", tmp_path / "wheels"
    module.VENV, module.STAMP = tmp_path / ".venv", tmp_path / ".venv" / "set-up.json"
    module.PYTHON = tmp_path / ".venv" / "python"
    module.LINUX = True
    return module


@pytest.fixture
def calls(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command that dev.py would start; none is."""
    made: list[list[str]] = []

    def call(*command: object, **_settings: object) -> int:
        made.append([str(word) for word in command])
        return 0

    monkeypatch.setattr(dev, "call", call)
    return made


def on_system(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, *programs: str, root: bool = False) -> None:
    """Pretend that these installers exist and that the caller is root, or not."""
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)
    monkeypatch.setattr(dev, "is_administrator", lambda: root)


# ---- what the system must give


def test_an_absent_library_is_named_with_its_package(dev):
    assert dev.system_needs({"libno-such.so.9": "libno-such9"}, pip_is_needed=False) == {
        "libno-such.so.9": "libno-such9"
    }


@pytest.mark.skipif(sys.platform != "linux", reason="libc.so.6 is Linux's")
def test_a_library_that_loads_is_not_asked_for(dev):
    assert dev.system_needs({"libc.so.6": "libc6"}, pip_is_needed=False) == {}


def test_elsewhere_than_on_linux_no_library_is_asked_for(dev):
    dev.LINUX = False
    assert dev.system_needs(dev.QT_LIBRARIES | {"libno-such.so.9": "x"}, pip_is_needed=False) == {}


def test_without_any_pip_the_package_of_this_python_is_asked_for(dev, monkeypatch):
    monkeypatch.setattr(dev, "can_import", lambda module: False)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert dev.system_needs({}, pip_is_needed=True) == {"pip": package}
    assert dev.system_needs({}, pip_is_needed=False) == {}


def test_a_user_on_debian_gets_one_line_with_everything_to_type(dev, monkeypatch):
    on_system(dev, monkeypatch, "apt-get")
    lacking = {"libGL.so.1": "libgl1"}
    sentence = dev.advice(lacking, {"libxcb-xkb.so.1": "libxcb-xkb1", **lacking, "pip": "python3.11-venv"})
    assert sentence == (
        "this system lacks libGL.so.1. Type:  sudo apt-get update && "
        "sudo apt-get install -y --no-install-recommends libgl1 libxcb-xkb1 python3.11-venv"
    )


def test_a_package_of_two_libraries_is_typed_once(dev):
    glib = {name: package for name, package in dev.QT_LIBRARIES.items() if package == "libglib2.0-0"}
    assert len(glib) == 2
    assert dev.apt_command(glib).count("libglib2.0-0") == 1


@pytest.mark.parametrize(
    ("installer", "words"),
    [
        ("dnf", "sudo dnf install 'libGL.so.1()(64bit)' python3-pip"),
        ("zypper", "sudo zypper install 'libGL.so.1()(64bit)' python3-pip"),
        ("none", "Install the packages of your system that hold them"),
    ],
)
def test_other_systems_get_their_own_line(dev, monkeypatch, installer, words):
    on_system(dev, monkeypatch, installer)
    lacking = {"libGL.so.1": "libgl1", "pip": "python3.11-venv"}
    assert words in dev.advice(lacking, lacking)


def test_a_user_never_starts_the_installer(dev, monkeypatch, calls):
    on_system(dev, monkeypatch, "apt-get", root=False)
    with pytest.raises(dev.SetUpError, match=r"lacks libno-such\.so\.9\. Type:  sudo apt-get update && sudo apt-get"):
        dev.provide({"libno-such.so.9": "libno-such9"}, pip_is_needed=False)
    assert calls == []


def test_root_updates_then_installs_just_what_is_absent(dev, monkeypatch, calls):
    on_system(dev, monkeypatch, "apt-get", root=True)
    absent = {"libone.so.1", "libtwo.so.1"}

    def call(*command: object, **settings: object) -> int:
        calls.append([str(word) for word in command])
        if "install" in command:
            absent.clear()
        return 0

    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr(dev, "is_absent", lambda library: library in absent)
    dev.provide({"libone.so.1": "libone", "libtwo.so.1": "libtwo", "libthree.so.1": "libthree"}, pip_is_needed=False)
    assert [command[1] for command in calls] == ["update", "install"]
    assert {"libone", "libtwo"} <= set(calls[1])
    assert "libthree" not in calls[1]


def test_root_is_told_when_the_installer_did_not_help(dev, monkeypatch, calls):
    on_system(dev, monkeypatch, "apt-get", root=True)
    with pytest.raises(dev.SetUpError, match=r"libno-such\.so\.9 cannot be loaded"):
        dev.provide({"libno-such.so.9": "libno-such9"}, pip_is_needed=False)


@pytest.mark.parametrize(
    ("library", "version", "suffices"),
    [("glibc", "2.28", True), ("glibc", "3.0", True), ("glibc", "2.9", False), ("", "", False)],
)
def test_which_c_library_suffices(dev, library, version, suffices):
    assert dev.glibc_suffices(library, version) is suffices


def test_an_old_python_is_refused_in_a_sentence(dev, monkeypatch):
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 2))
    with pytest.raises(dev.SetUpError, match=r"Python 3\.11 or newer is needed"):
        dev.refuse_old_system()


def test_an_old_python_can_still_read_the_script():
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


# ---- pip and the packages


def test_pip_is_sought_in_ensurepip_then_in_this_python_then_in_wheels(dev, monkeypatch):
    there = {"ensurepip", "pip"}
    monkeypatch.setattr(dev, "can_import", lambda module: module in there)
    assert dev.pip_command() == [dev.PYTHON, "-m", "pip"]
    there.remove("ensurepip")
    assert dev.pip_command() == [sys.executable, "-m", "pip", "--python", dev.PYTHON]
    there.remove("pip")
    assert dev.pip_command() is None
    dev.WHEELS.mkdir()
    wheel = dev.WHEELS / "pip-26.3-py3-none-any.whl"
    wheel.touch()
    assert dev.pip_command() == [sys.executable, wheel / "pip", "--python", dev.PYTHON]


def test_the_requirements_are_the_program_s_and_the_developer_s(dev, tmp_path):
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(
        '[project]\ndependencies = ["一>=1", "b"]\n[project.optional-dependencies]\ndev = ["c"]\nelse = ["d"]\n',
        encoding="utf-8",
    )
    assert dev.requirements(pyproject) == ["一>=1", "b", "c"]


def test_the_release_of_qt_that_dies_on_signals_is_never_asked_for(dev):
    """PySide6 6.12.0 aborts on CPython 3.11; docs/decisions/0002-dependencies.md."""
    from packaging.requirements import Requirement

    wanted = {r.name: r.specifier for r in map(Requirement, dev.requirements(ROOT / "pyproject.toml"))}
    assert "6.12.0" not in wanted["PySide6-Essentials"]
    assert "6.11.3" in wanted["PySide6-Essentials"]


def test_wheels_are_used_instead_of_the_network(dev, monkeypatch, calls):
    monkeypatch.setattr(dev, "can_import", lambda module: True)
    dev.fill_environment(["x"])
    assert "--no-index" not in calls[-1]
    dev.WHEELS.mkdir()
    (dev.WHEELS / "x-1-py3-none-any.whl").touch()
    dev.fill_environment(["x"])
    assert calls[-1][-4:] == ["--no-index", "--find-links", str(dev.WHEELS), "x"]


def test_a_wheels_folder_with_a_gap_is_named(dev, monkeypatch):
    dev.WHEELS.mkdir()
    (dev.WHEELS / "x-1-py3-none-any.whl").touch()
    monkeypatch.setattr(dev, "call", lambda *command, **settings: 1)
    with pytest.raises(dev.SetUpError, match=r"wheels does not hold everything"):
        dev.fill_environment(["x"])


def test_without_a_network_the_sentence_names_the_way_out(dev, monkeypatch):
    monkeypatch.setattr(dev, "call", lambda *command, **settings: 1)
    with pytest.raises(dev.SetUpError, match=r"Without a network: run python3 dev\.py wheels"):
        dev.fill_environment(["x"])


def test_children_do_not_inherit_another_environment(dev, monkeypatch):
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PIP_TARGET"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_REQUIRE_VIRTUALENV", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "the office's own")
    environment = dev.environment()
    assert not {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PIP_TARGET"} & set(environment)
    assert environment["PIP_REQUIRE_VIRTUALENV"] == "0"
    assert environment["PIP_INDEX_URL"] == "the office's own"


# ---- the stamp


@pytest.fixture
def made(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What set_up did: 'make' an empty .venv, 'fill' it."""
    steps: list[str] = []
    (dev.ROOT / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    wanted = ["a>=1"]
    monkeypatch.setattr(dev, "requirements", lambda: list(wanted))

    def make_environment() -> None:
        steps.append("make")
        dev.VENV.mkdir(exist_ok=True)
        dev.PYTHON.touch()

    monkeypatch.setattr(dev, "make_environment", make_environment)
    monkeypatch.setattr(dev, "fill_environment", lambda packages: steps.append("fill"))
    monkeypatch.setattr(dev, "wanted_for_test", wanted, raising=False)
    return steps


def test_a_second_set_up_does_nothing(dev, made):
    dev.set_up({})
    dev.set_up({})
    assert made == ["make", "fill"]


def test_another_requirement_fills_again_without_beginning_afresh(dev, made):
    dev.set_up({})
    dev.wanted_for_test.append("b")
    dev.set_up({})
    assert made == ["make", "fill", "fill"]


def test_another_python_begins_afresh(dev, made):
    dev.set_up({})
    stamp = json.loads(dev.STAMP.read_text())
    stamp["interpreter"][0] = "3.0"
    dev.STAMP.write_text(json.dumps(stamp))
    dev.set_up({})
    assert made == ["make", "fill", "make", "fill"]


@pytest.mark.parametrize("damage", ["no stamp", "half a stamp", "no interpreter"])
def test_a_broken_environment_is_made_again(dev, made, damage):
    dev.set_up({})
    if damage == "no stamp":
        dev.STAMP.unlink()
    elif damage == "half a stamp":
        dev.STAMP.write_text(dev.STAMP.read_text()[:20])
    else:
        dev.PYTHON.unlink()
    dev.set_up({})
    assert made == ["make", "fill", "make", "fill"]


@pytest.mark.parametrize("packages_changed", [False, True])
def test_an_interrupted_set_up_leaves_no_stamp(dev, made, monkeypatch, packages_changed):
    if packages_changed:
        dev.set_up({})
        dev.wanted_for_test.append("b")

    def interrupted(packages: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "fill_environment", interrupted)
    with pytest.raises(KeyboardInterrupt):
        dev.set_up({})
    assert not dev.STAMP.exists()


def test_an_environment_of_root_is_named(dev, made, monkeypatch):
    dev.VENV.mkdir()
    monkeypatch.setattr(dev.os, "access", lambda path, mode: False)
    with pytest.raises(dev.SetUpError, match="may not be written by this user"):
        dev.set_up({})


# ---- the display


@needs_unix_sockets
def test_no_display_named_means_no_window(dev):
    assert "DISPLAY is not set" in dev.no_window_because({})


@needs_unix_sockets
@pytest.mark.parametrize("display", [":60321", "unix:60321", "localhost:5321.0", "[::1]:5321", "nonsense", ":"])
def test_a_dead_display_is_found_out_without_qt(dev, display):
    assert dev.no_window_because({"DISPLAY": display}) == f"the display {display} does not answer"


@needs_unix_sockets
def test_a_display_that_answers_may_be_tried(dev):
    number = 50000 + os.getpid() % 10000
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()
        assert dev.no_window_because({"DISPLAY": f":{number}.0"}) is None


@needs_unix_sockets
def test_wayland_alone_may_be_tried(dev, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("wayland-0")  # relative: a socket's path may not be long
        server.listen()
        assert dev.no_window_because({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "."}) is None


@pytest.mark.parametrize("name", ["offscreen", "minimal:enable_fonts", "vnc"])
def test_a_platform_without_windows_is_taken_at_its_word(dev, name):
    assert dev.no_window_because({"QT_QPA_PLATFORM": name, "DISPLAY": ":0"}).startswith("QT_QPA_PLATFORM is ")


def test_windows_and_macos_always_have_a_display(dev):
    dev.LINUX = False
    assert dev.no_window_because({}) is None


def test_qt_s_refusal_is_passed_on_in_its_own_words(dev, monkeypatch):
    refused = subprocess.CompletedProcess([], -6, b"", b"\nAuthorization required\nmore\n")
    monkeypatch.setattr(dev.subprocess, "run", lambda *a, **k: refused)
    assert dev.qt_refuses() == "Qt cannot open the display (Authorization required)"


# ---- the commands


@pytest.fixture
def run(dev: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py set up, with no display."""
    monkeypatch.setattr(dev, "set_up", lambda libraries: calls.append(["set up", str(len(libraries))]))
    monkeypatch.setattr(dev, "no_window_because", lambda settings: "there is none")
    return dev


def started(calls: list[list[str]]) -> list[list[str]]:
    """What `python -m govdesk` was given."""
    return [command[3:] for command in calls if command[1:3] == ["-m", "govdesk"]]


def test_without_a_display_the_sample_is_checked_and_printed(run, calls, capsys):
    assert run.main("run") == 0
    sample, pdf = str(run.OUTPUT / "sample.govdesk"), str(run.OUTPUT / "sample.pdf")
    assert started(calls) == [["sample", "-o", sample, "--draft"], ["check", sample], ["export", sample, "-o", pdf]]
    out = capsys.readouterr().out
    assert "no window can be shown: there is none" in out
    assert sample in out
    assert pdf in out


def test_without_a_display_the_named_report_is_printed(run, calls, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run.main("run", "年报.govdesk") == 0
    report = str(tmp_path / "年报.govdesk")
    assert started(calls) == [["check", report], ["export", report, "-o", str(run.OUTPUT / "年报.pdf")]]


def test_a_finding_does_not_block_the_print_but_is_the_exit_code(run, calls, monkeypatch):
    monkeypatch.setattr(run, "govdesk", lambda word, *rest, cwd: {"check": 1}.get(word, 0) or calls.append([word]) or 0)
    assert run.main("run") == 1
    assert ["export"] in calls


@pytest.mark.parametrize(("word", "code"), [("sample", 1), ("check", 2), ("export", 2)])
def test_a_step_that_fails_ends_the_run(run, monkeypatch, word, code):
    monkeypatch.setattr(run, "govdesk", lambda step, *rest, cwd: code if step == word else 0)
    assert run.main("run") == code


def test_a_command_needs_neither_display_nor_qt(run, calls):
    assert run.main("run", "check", "a.govdesk", "--json") == 0
    assert calls[0] == ["set up", "0"]
    assert started(calls) == [["check", "a.govdesk", "--json"]]


def test_with_a_display_the_wizard_starts_with_what_was_given(run, calls, monkeypatch):
    monkeypatch.setattr(run, "no_window_because", lambda settings: None)
    monkeypatch.setattr(run, "qt_refuses", lambda: None)
    assert run.main("run", "年报.govdesk") == 0
    assert calls[0] == ["set up", str(len(run.QT_LIBRARIES | run.WINDOW_LIBRARIES))]
    assert started(calls) == [["年报.govdesk"]]


def test_a_display_that_refuses_counts_as_none(run, calls, monkeypatch):
    monkeypatch.setattr(run, "no_window_because", lambda settings: None)
    monkeypatch.setattr(run, "qt_refuses", lambda: "Qt cannot open the display (no)")
    assert run.main("run") == 0
    assert [command[0] for command in started(calls)] == ["sample", "check", "export"]


def test_the_tests_fail_when_only_the_linter_does(run, monkeypatch):
    monkeypatch.setattr(run, "call", lambda *command, **settings: 1 if "ruff" in command else 0)
    assert run.main("test") == 1


def test_the_tests_are_offscreen_unless_told_otherwise(run, monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    run.main("test", "-k", "x")
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    run.main("test", "-k", "x")
    assert os.environ["QT_QPA_PLATFORM"] == "xcb"


def test_arguments_go_to_pytest_alone(run, calls):
    run.main("test", "-k", "totals")
    assert [command[1:] for command in calls[1:]] == [["-m", "pytest", "-k", "totals"]]


def test_an_unknown_command_prints_the_usage(dev, capsys):
    assert dev.main("rnu") == 2
    assert "python3 dev.py run" in capsys.readouterr().out


def test_a_failed_set_up_is_a_sentence_and_exit_code_1(dev, monkeypatch, capsys):
    def fails() -> int:
        raise dev.SetUpError("this system lacks 一.")

    monkeypatch.setitem(dev.COMMANDS, "setup", fails)
    assert dev.main("setup") == 1
    assert capsys.readouterr().out == "dev.py: this system lacks 一.\n"


def test_a_terminal_without_chinese_gets_escapes_and_no_traceback(tmp_path):
    script = tmp_path / "年 报" / "dev.py"
    script.parent.mkdir()
    script.write_bytes((ROOT / "dev.py").read_bytes())
    hostile = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, script, "help"], env=hostile, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ci_runs_the_same_command_as_the_developer():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec python3 dev.py test"]
