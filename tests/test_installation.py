"""The program's own files are damaged or gone: that is said, and nobody's report is blamed for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base import paths
from govdesk.base.errors import FormError, InstallationError
from govdesk.exchange.readers import read_file
from govdesk.formfile import form_reader
from govdesk.session.session import take_snapshot

FORM = "ogi-annual-report-2021"
SAMPLE = paths.resources_folder() / "samples" / "sample-2023.govdesk"
SENTENCE = r"程序自带的文件“.+”缺失或已损坏.+请重新安装程序"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the program's resources, to be spoilt."""
    folder = tmp_path / "resources"
    for part in ("forms", "samples"):
        shutil.copytree(paths.resources_folder() / part, folder / part)
    monkeypatch.setattr(form_reader, "resources_folder", lambda: folder)
    monkeypatch.setattr(cli, "resources_folder", lambda: folder)
    form_reader.load_form.cache_clear()
    yield folder
    form_reader.load_form.cache_clear()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def lacks_its_grids(file: Path) -> None:
    file.write_text("id = 'x'\n", encoding="utf-8")


def not_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe" * 500)


def renamed_inside(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(f'"{FORM}"', '"other"', 1), encoding="utf-8")


@pytest.mark.parametrize("spoil", [cut, lacks_its_grids, not_text, renamed_inside, Path.unlink,
                                   lambda file: shutil.rmtree(file.parent)])
def test_a_damaged_form(installed: Path, spoil: Callable[[Path], None]) -> None:
    spoil(installed / "forms" / f"{FORM}.toml")
    with pytest.raises(InstallationError, match=SENTENCE):
        read_file(SAMPLE)


def test_damage_in_the_checks_is_met_when_they_are_asked_for(installed: Path) -> None:
    file = installed / "forms" / f"{FORM}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('kind = "balance"', 'kind = "balanse"'), encoding="utf-8")
    report = read_file(SAMPLE).report
    with pytest.raises(InstallationError, match=SENTENCE):
        take_snapshot(form_reader.load_form(FORM), report)
    assert cli.main(["check", str(SAMPLE)]) == 2


def test_a_missing_sample(installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (installed / "samples" / SAMPLE.name).unlink()
    assert cli.main(["sample", "-o", str(tmp_path / "x.govdesk")]) == 2
    assert "请重新安装程序" in capsys.readouterr().err


@pytest.mark.parametrize("form_id", ["x" * 251, "x" * 100_000, "../forms/" + FORM, FORM.upper(), "", "\0", "\ud800"])
def test_a_form_that_is_none(form_id: str) -> None:
    with pytest.raises(FormError, match="not known") as refused:
        form_reader.load_form(form_id)
    assert len(str(refused.value)) < 200
