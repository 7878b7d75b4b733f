"""A draft carried to another computer and back, through the window: taken along, recognised, shown, merged, undone."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base.errors import StoreError
from govdesk.exchange import report_file
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.report.report import Layer, Report, build_report
from govdesk.store import draft_import
from govdesk.store.drafts import open_store
from govdesk.store.sql.history import CARRIED, VersionMark
from tests.store.store_helpers import corrupt, fill_disk, make_room
from tests.ui.conftest import Desk
from tests.ui.driver import CELL, comes, put, sample_wizard, saved, words
from tests.ui.history.versions_driver import lines, past
from tests.ui.sizes import SIZES, at_rest
from ui.draft import carry_away
from ui.draft import open_draft as desk_module
from ui.draft.merge_page import MergePage
from ui.pages.export_page import ExportPage
from ui.wizard.wizard import Wizard

OTHER = Address("requests", "disclosed", "commercial_enterprise")
THIRD = Address("requests", "new_requests", "other_org")


@pytest.fixture(autouse=True)
def _leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window whose draft clashes closes without asking."""
    monkeypatch.setattr(desk_module, "leave_unsaved", lambda _: True)


def carry(qtbot: QtBot, window: MainWindow, file: Path) -> Path:
    file.unlink(missing_ok=True)
    window.carry_to(file)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=5000)
    assert file.exists()
    assert window.wizard is not None and "已拷出" in window.wizard.status.saved.text()
    return file


def compare(qtbot: QtBot, window: MainWindow, file: Path) -> None:
    window.compare_with(file)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=5000)


def merge(qtbot: QtBot, window: MainWindow) -> None:
    page = merging(window)
    qtbot.mouseClick(page.merge_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is not page, timeout=5000)


def wizard_of(window: MainWindow) -> Wizard:
    assert window.wizard is not None
    return window.wizard


def merging(window: MainWindow) -> MergePage:
    page = window.stack.currentWidget()
    assert isinstance(page, MergePage)
    return page


def write(wizard: Wizard, text: str) -> None:
    wizard.editor.do(wizard.editor.session.edit("填写", [(Layer.TEXTS, "problems", text)]))


def now(window: MainWindow) -> Report:
    return wizard_of(window).editor.now.report


def on_disk(qtbot: QtBot, window: MainWindow) -> Report:
    saved(qtbot, window)
    return window.drafts.load(window.autosave.draft_id)


@pytest.fixture
def parted(qtbot: QtBot, desk: Desk, tmp_path: Path) -> tuple[MainWindow, MainWindow, Path]:
    """Two computers with one draft, and the file between them."""
    here, there, file = desk("here"), desk("there"), tmp_path / "拷出.govdesk"
    wizard = sample_wizard(here)
    write(wizard, "一是人手不足。二是更新不快。三是培训不够。")
    put(wizard, CELL, Decimal(5))
    carry(qtbot, here, file)
    comes(qtbot, there, file)
    return here, there, file


def test_a_draft_opened_on_another_computer_has_its_past(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, there, _ = parted
    assert "历史也带来了" in wizard_of(there).status.saved.text()
    assert now(there) == now(here)
    wizard_of(there).go_to(CELL)
    qtbot.mouseClick(wizard_of(there).top.past_button, Qt.MouseButton.LeftButton)
    page = there.stack.currentWidget()
    told = [page.moments.item(row).text().split(" · ")[0] for row in range(page.moments.count())]
    assert told == ["5　填入", "1　开始"]
    assert lines(page) == ["拷到另一台电脑时", "打开时的样子"]


def test_the_file_for_another_office_tells_nothing_of_the_past(
        qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = desk("here")
    wizard = sample_wizard(window)
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.hand_over(tmp_path / "a.govdesk")
    assert read_file(tmp_path / "a.govdesk").past is None
    put(wizard, CELL, Decimal(5))
    window.carry_to(tmp_path / "b.govdesk")
    qtbot.waitUntil((tmp_path / "b.govdesk").exists, timeout=5000)
    assert read_file(tmp_path / "b.govdesk").report == now(window)
    offered = [action.text()[:6] for action in wizard.top.menu().actions() if action.text()]
    assert offered == ["另存数据文件", "拷到另一台电", "与文件对照合", "上网核对(&", "帮助(&H)"]
    window.show_home()
    comes(qtbot, window, tmp_path / "a.govdesk")           # without a past it is a draft of its own
    assert len(window.drafts.list()) == 2
    assert "本机还有同一机关、同一年度的草稿" in wizard_of(window).status.saved.text()


def test_the_same_file_leads_to_the_draft_that_is_here(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, _, file = parted
    draft = here.autosave.draft_id
    here.show_home()
    comes(qtbot, here, file)
    assert here.autosave.draft_id == draft and len(here.drafts.list()) == 1
    assert "与本机的这份草稿相同" in wizard_of(here).status.saved.text()
    put(wizard_of(here), CELL, Decimal(6))
    here.show_home()
    here.drafts.delete(draft)
    comes(qtbot, here, file)
    assert now(here).value(CELL) == 6
    assert "本机的草稿比文件新" in wizard_of(here).status.saved.text()
    assert "已从回收站恢复" in wizard_of(here).status.saved.text()


def test_only_the_file_is_newer_it_is_shown_and_taken_in_with_its_time_line(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, there, file = parted
    before = now(here)
    put(wizard_of(there), CELL, Decimal(8))
    saved(qtbot, there)
    put(wizard_of(there), CELL, Decimal(9))
    write(wizard_of(there), "一是人手不足。二是更新偏慢。三是培训不够。")
    carry(qtbot, there, file)
    here.show_home()
    comes(qtbot, here, file)
    page = merging(here)
    assert "文件比本机的草稿新" in words(page)
    QTest.keyClick(here.focusWidget(), Qt.Key.Key_Return)        # typed too fast
    assert here.stack.currentWidget() is page
    assert "共 2 处不同，都是带回的文件改的" in words(page)
    assert now(here) == before                   # nothing was replaced yet
    assert "合并（采用带回的 2 处）" in page.merge_button.text()
    merge(qtbot, here)
    assert here.stack.currentWidget() is wizard_of(here)
    assert now(here) == now(there) == on_disk(qtbot, here)
    wizard_of(here).go_to(CELL)
    shown = past(here)
    told = [shown.moments.item(row).text().split("　")[0] for row in range(shown.moments.count())]
    assert told == ["9", "8", "5", "1"]
    assert "“取入带回的文件”之前" in lines(shown)
    shown.back_wanted.emit()
    wizard_of(here).editor.stack.undo()
    assert now(here) == before == on_disk(qtbot, here)


def test_both_changed_each_difference_is_chosen_and_merged_as_one_step(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, there, file = parted
    put(wizard_of(there), CELL, Decimal(9))
    put(wizard_of(there), OTHER, Decimal(3))
    write(wizard_of(there), "一是人手不足。二是更新偏慢。三是培训不够。")
    carry(qtbot, there, file)
    put(wizard_of(here), CELL, Decimal(7))
    write(wizard_of(here), "一是人手仍然不足。二是更新不快。三是培训不够。")
    before = now(here)
    here.show_home()
    comes(qtbot, here, file)
    page = merging(here)
    assert "只有本机改过 1 处，只有带回的文件改过 2 处，两边都改过 1 处" in words(page)
    for size in SIZES:
        here.resize(*size)
        assert at_rest(page) == []
        assert (here.width(), here.height()) == size
    radios = {r.accessibleName(): r for r in page.findChildren(QRadioButton)}
    chosen = [name for name, radio in radios.items() if radio.isChecked()]
    assert [name.rpartition("，")[2] for name in chosen] == [
        "本机：一是人手仍然不足。", "带回的文件：二是更新偏慢。", "本机：7", "带回的文件：3"]
    theirs = next(radio for name, radio in radios.items() if name.endswith("带回的文件：9"))
    theirs.click()
    merge(qtbot, here)
    assert now(here).text("problems") == "一是人手仍然不足。二是更新偏慢。三是培训不够。"
    assert (now(here).value(CELL), now(here).value(OTHER)) == (9, 3)
    assert on_disk(qtbot, here) == now(here)
    shown = past(here)
    assert lines(shown)[:2] == ["带回的文件", "“取入带回的文件”之前"]
    ours, joined = (next(v for v in here.drafts.versions(1) if v.kind == kind) for kind in ("before", "joined"))
    assert here.drafts.report_at(1, ours.revision) == before
    assert here.drafts.report_at(1, joined.revision) == now(there)
    shown.back_wanted.emit()
    wizard_of(here).editor.stack.undo()
    assert now(here) == before
    wizard_of(here).editor.stack.redo()
    saved(qtbot, here)
    carry(qtbot, here, file)                     # and back to the other one: only this is newer
    there.show_home()
    comes(qtbot, there, file)
    assert "文件比本机的草稿新" in words(merging(there))


def test_all_at_once_and_leaving_without_a_merge(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, there, file = parted
    put(wizard_of(there), CELL, Decimal(9))
    carry(qtbot, there, file)
    put(wizard_of(here), OTHER, Decimal(7))
    before = on_disk(qtbot, here)
    here.show_home()
    comes(qtbot, here, file)
    page = merging(here)
    press = {b.text(): b for b in page.findChildren(QPushButton)}
    press["全部用带回的"].click()
    assert page.merge_button.text() == "合并（采用带回的 2 处）"
    press["全部用本机的"].click()
    assert page.merge_button.text() == "全部保留本机的"
    press["自动选改过的一方"].click()
    assert page.merge_button.text() == "合并（采用带回的 1 处）"
    press["‹ 先不合并"].click()
    assert here.stack.currentWidget() is wizard_of(here)
    assert now(here) == before == on_disk(qtbot, here)
    assert [v.kind for v in here.drafts.versions(1)].count("joined") == 0
    here.show_home()
    comes(qtbot, here, file)
    merging(here).list.take(lambda _: False)
    merge(qtbot, here)                           # all ours: decided, so it is not asked again
    assert on_disk(qtbot, here) == before
    here.show_home()
    comes(qtbot, here, file)
    assert "本机的草稿比文件新" in wizard_of(here).status.saved.text()


def test_a_draft_beside_any_file(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window, file = desk("here"), tmp_path / "别人的.govdesk"
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(9))
    write(wizard, "一是<b>另一句</b>。")
    file.write_bytes(report_file.dump_report(now(window)))
    wizard.editor.stack.undo()
    wizard.editor.stack.undo()
    compare(qtbot, window, file)
    page = merging(window)
    assert "看不出是谁改的" in words(page)
    assert any(r.accessibleName().endswith("文件：一是<b>另一句</b>。") for r in page.findChildren(QRadioButton))
    assert "<b>" not in words(page) and "&lt;b&gt;另一句" in words(page)
    page.list.take(lambda spot: spot.layer is Layer.VALUES)
    page.merge_button.click()
    assert now(window).value(CELL) == 9 and "另一句" not in now(window).text("problems")


def test_without_a_common_start_what_one_side_alone_has_is_chosen(
        qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window, file = desk("here"), tmp_path / "别人的.govdesk"
    wizard = sample_wizard(window)
    put(wizard, CELL, None)                      # blank here, 3 there
    put(wizard, OTHER, Decimal(4))               # 4 here, blank there
    put(wizard, THIRD, Decimal(6))               # 6 here, 5 there
    other = build_report(now(window).form_id, {**now(window).layers, Layer.VALUES: {
        **now(window).entries(Layer.VALUES), CELL: Decimal(3), THIRD: Decimal(5)}})
    other = build_report(other.form_id, {**other.layers, Layer.VALUES: {
        cell: value for cell, value in other.entries(Layer.VALUES).items() if cell != OTHER}})
    file.write_bytes(report_file.dump_report(other))
    compare(qtbot, window, file)
    page = merging(window)
    assert "只有本机有内容的 1 处、只有文件有内容的 1 处已经选好。其余 1 处先选了本机的，请逐处核对。" in words(page)
    assert "只有文件有内容" in words(page)
    press = {b.text(): b for b in page.findChildren(QPushButton)}
    press["全部用本机的"].click()
    assert page.merge_button.text() == "全部保留本机的"
    press["选有内容的一边"].click()
    merge(qtbot, window)
    assert [now(window).value(cell) for cell in (CELL, OTHER, THIRD)] == [3, 4, 6]


def test_nothing_is_merged_that_was_not_shown(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window, file = desk("here"), tmp_path / "别人的.govdesk"
    wizard = sample_wizard(window)
    form = wizard.editor.form
    other = build_report(form.id, {**now(window).layers, Layer.VALUES: dict.fromkeys(form.input_cells, Decimal(77))})
    file.write_bytes(report_file.dump_report(other))
    compare(qtbot, window, file)
    page = merging(window)
    assert not page.merge_button.isEnabled() and page.more_button.isVisible()
    page.list.take(lambda _: True)
    while page.more_button.isVisible():
        page.more_button.click()
    assert page.merge_button.isEnabled()
    page.merge_button.click()
    assert now(window) == other
    wizard.editor.stack.undo()
    assert now(window).value(CELL) == 1


def test_a_damaged_past_is_left_out_with_a_notice(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path], desk: Desk) -> None:
    here, _, file = parted
    file.write_bytes(file.read_bytes().replace(b'"moments"', b'"momenta"'))
    third = desk("third")
    comes(qtbot, third, file)
    assert now(third) == now(here)
    assert "历史读不懂，没有带进来" in wizard_of(third).status.saved.text()


def test_a_file_is_written_even_where_the_disk_of_the_drafts_is_full(
        qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window, file = desk("here"), tmp_path / "救.govdesk"
    wizard = sample_wizard(window)
    fill_disk(window.drafts)
    write(wizard, "长" * 50_000)
    window.carry_to(file)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=8000)
    assert read_file(file).report == now(window)
    make_room(window.drafts)
    saved(qtbot, window)


def test_a_file_is_written_though_the_draft_is_left_at_once(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window, file = desk("here"), tmp_path / "x.govdesk"
    sample_wizard(window)
    put(wizard_of(window), CELL, Decimal(6))
    window.carry_to(file)
    put(wizard_of(window), CELL, Decimal(7))     # after it was carried
    window.show_home()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=5000)
    came = read_file(file)
    assert came.report.value(CELL) == 6 and came.past is not None
    assert [w.value for w in came.past.values if w.key == str(CELL) and w.layer == "values"][-1] == "6"
    assert "已拷出" in words(window.home)


def test_a_damaged_draft_does_not_keep_its_file_out(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, _, file = parted
    here.show_home()
    corrupt(here.drafts.file, "INSERT INTO entry VALUES (1, 'no such layer', 'x', 'y')")
    comes(qtbot, here, file)
    assert here.autosave.draft_id == 2 and now(here).value(CELL) == 5


def test_who_is_at_something_else_when_the_file_is_read_is_told_and_not_taken_away(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path]) -> None:
    here, there, file = parted
    put(wizard_of(there), CELL, Decimal(9))
    carry(qtbot, there, file)
    here.show_home()
    here.open_file(file)
    here.new_draft()                             # before it is read
    qtbot.waitUntil(lambda: not here.jobs.busy, timeout=5000)
    assert here.stack.currentWidget() is wizard_of(here) and now(here).cover("organ.name") == ""
    assert f"“{file.name}”读好了" in words(here)
    next(b for b in here.findChildren(QPushButton) if b.text() == "打开").click()
    qtbot.waitUntil(lambda: isinstance(here.stack.currentWidget(), MergePage), timeout=5000)
    assert "读好了" not in words(here)


def test_a_slow_file_is_said_and_the_window_goes_on(
        qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window, go_on = desk("here"), threading.Event()
    wizard = sample_wizard(window)
    monkeypatch.setattr(carry_away, "write_whole", lambda *_: go_on.wait(10))
    window.carry_to(tmp_path / "慢.govdesk")
    qtbot.waitUntil(lambda: "正在写出 慢.govdesk" in wizard.status.saved.text(), timeout=5000)
    put(wizard, CELL, Decimal(5))
    assert on_disk(qtbot, window).value(CELL) == 5
    go_on.set()
    qtbot.waitUntil(lambda: "已拷出" in wizard.status.saved.text(), timeout=5000)


def test_what_is_carried_is_written_though_the_window_is_closed_at_once(
        qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window, file = desk("here"), tmp_path / "x.govdesk"
    put(sample_wizard(window), CELL, Decimal(6))
    window.carry_to(file)
    assert window.close()
    assert read_file(file).report.value(CELL) == 6


def test_what_could_not_be_carried_is_said_though_the_window_is_closing(
        qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window, said = desk("here"), list[str]()
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[2]))
    sample_wizard(window)
    window.carry_to(tmp_path / "no" / "x.govdesk")
    assert window.close()
    assert len(said) == 1 and "草稿没有拷出" in said[0]


def test_a_merge_that_cannot_be_written_leaves_the_choice(
        qtbot: QtBot, parted: tuple[MainWindow, MainWindow, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    here, there, file = parted
    put(wizard_of(there), CELL, Decimal(9))
    carry(qtbot, there, file)
    here.show_home()
    comes(qtbot, here, file)

    def refuse(*_: object) -> None:
        raise StoreError("草稿没能保存：磁盘空间不足。")

    with monkeypatch.context() as full:
        full.setattr(draft_import, "take_in_returned", refuse)
        merging(here).merge_button.click()
        qtbot.waitUntil(lambda: "磁盘空间不足" in words(merging(here)), timeout=5000)
    merge(qtbot, here)
    assert on_disk(qtbot, here).value(CELL) == 9


def test_what_cannot_be_carried_says_why(desk: Desk, tmp_path: Path) -> None:
    window = desk("here")
    window.new_draft()
    window.carry_to(tmp_path / "x.govdesk")
    assert "须有机关全称" in wizard_of(window).status.saved.text()
    assert not (tmp_path / "x.govdesk").exists()


# -- another window saved the draft

@pytest.fixture
def clashed(qtbot: QtBot, desk: Desk) -> tuple[MainWindow, Report]:
    """A window whose draft another program has changed and saved; the report as that saved it."""
    window = desk("here")
    wizard = sample_wizard(window)
    write(wizard, "一是人手不足。二是更新不快。")
    saved(qtbot, window)
    with open_store(window.drafts.file.parent) as other:
        theirs = other.load(1)
        edit = wizard.editor.session.edit("填入", [(Layer.VALUES, CELL, Decimal(9)), (Layer.VALUES, OTHER, Decimal(4)),
                                                 (Layer.TEXTS, "problems", "一是人手不足。二是更新偏慢。")])
        other.save(1, [edit])
        theirs = other.load(1)
    put(wizard, CELL, Decimal(7))
    write(wizard, "一是人手仍然不足。二是更新不快。")
    qtbot.waitUntil(wizard.status.merge_button.isVisible, timeout=5000)
    assert "请点“对照合并”" in wizard.status.saved.text()
    return window, theirs


def test_what_another_window_saved_is_merged_by_choice(qtbot: QtBot, clashed: tuple[MainWindow, Report]) -> None:
    window, theirs = clashed
    mine = now(window)
    qtbot.mouseClick(wizard_of(window).status.merge_button, Qt.MouseButton.LeftButton)
    page = merging(window)
    assert "只有本窗口改过 1 处，只有另一窗口改过 2 处，两边都改过 1 处" in words(page)
    qtbot.wait(400)                              # longer than a save would wait
    assert window.drafts.newest(1) == theirs
    qtbot.mouseClick(page.merge_button, Qt.MouseButton.LeftButton)
    assert (now(window).value(CELL), now(window).value(OTHER)) == (7, 4)
    assert now(window).text("problems") == "一是人手仍然不足。二是更新偏慢。"
    assert on_disk(qtbot, window) == now(window)
    assert not wizard_of(window).status.merge_button.isVisible()
    kept = {v.name: window.drafts.report_at(1, v.revision) for v in window.drafts.versions(1) if v.kind == "named"}
    assert kept == {"另一窗口保存的（合并前）": theirs, "本窗口的（合并前）": mine}
    wizard_of(window).editor.stack.undo()
    assert now(window) == mine == on_disk(qtbot, window)


def test_a_merge_that_is_put_off_loses_nothing_and_is_offered_again(
        qtbot: QtBot, clashed: tuple[MainWindow, Report]) -> None:
    window, theirs = clashed
    mine = now(window)
    wizard_of(window).status.merge_button.click()
    next(b for b in merging(window).findChildren(QPushButton) if b.text() == "‹ 先不合并").click()
    assert now(window) == mine
    with qtbot.waitSignal(window.autosave.clashed, timeout=5000):
        pass
    assert window.drafts.newest(1) == theirs
    wizard_of(window).status.merge_button.click()
    merging(window).merge_button.click()
    assert on_disk(qtbot, window) == now(window)


def test_another_window_that_only_kept_a_version_stops_nothing(qtbot: QtBot, desk: Desk) -> None:
    window = desk("here")
    wizard = sample_wizard(window)
    saved(qtbot, window)
    with open_store(window.drafts.file.parent) as other:
        other.load(1)
        other.save(1, [VersionMark(CARRIED, "t")])
    put(wizard, CELL, Decimal(7))
    with qtbot.waitSignal(window.autosave.clashed, timeout=5000):
        pass
    assert on_disk(qtbot, window).value(CELL) == 7
    assert not wizard.status.merge_button.isVisible()


def test_the_other_window_saves_again_while_one_chooses(qtbot: QtBot, clashed: tuple[MainWindow, Report]) -> None:
    window, _ = clashed
    wizard_of(window).status.merge_button.click()
    with open_store(window.drafts.file.parent) as other:
        theirs = other.load(1)
        edit = wizard_of(window).editor.session.edit("填入", [(Layer.TEXTS, "problems", "全部改写。")])
        other.save(1, [edit])
        theirs = other.load(1)
    merging(window).merge_button.click()
    assert "又保存了新的改动" in words(merging(window))
    assert window.drafts.newest(1) == theirs
    merging(window).list.take(lambda _: True)
    merging(window).merge_button.click()
    assert on_disk(qtbot, window) == theirs == now(window)


def test_a_draft_taken_back_from_a_backup_has_its_past(qtbot: QtBot, window: MainWindow) -> None:
    from tests.ui.backups.backups_driver import copies, made

    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(5))
    saved(qtbot, window)
    window.show_home()
    page = copies(qtbot, window)
    made(qtbot, page)
    window.drafts.delete(1)
    page.take_wanted.emit(page._chosen, 1)
    assert "连同它的历史" in words(page)
    (draft,) = window.drafts.list()
    assert [m.value for m in window.drafts.moments(draft.id, Layer.VALUES, CELL)] == ["5", "1"]
    assert {v.kind for v in window.drafts.versions(draft.id)} >= {"day", "closing"}
    page.show_copies()
    qtbot.waitUntil(lambda: "与现在的相同" in words(page) or "更新" in words(page), timeout=10000)


def test_a_version_stands_before_an_export_and_before_last_year_is_brought(
        qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    wizard = sample_wizard(window)
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.export_to(tmp_path / "no" / "such" / "folder.pdf")
    qtbot.waitUntil(lambda: "△" in words(page), timeout=20_000)
    saved(qtbot, window)
    page.hand_over(tmp_path / "a.govdesk")
    saved(qtbot, window)
    last = build_report(now(window).form_id, {Layer.COVER: {"organ.name": "临江区人民政府办公室", "year": "2022"},
                                              Layer.TEXTS: {"problems": "上年的一句。"}})
    window.bring(lambda: last)
    saved(qtbot, window)
    kept = [(v.kind, v.name) for v in window.drafts.versions(1) if v.kind == "before"]
    assert kept == [("before", "带入上年年报"), ("before", "另存数据文件"), ("before", "导出 PDF")]
