"""A block from the clipboard: offered in the table before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from govdesk.base.numerals import NA, Value, shorten_text
from govdesk.form.form import Address, Grid
from govdesk.paste import name_book, placement
from govdesk.paste.clipboard_in import BlockError, CellBlock
from govdesk.paste.name_book import TableNames
from govdesk.paste.placement import CellEntry, Landing, PlacementWay
from govdesk.report.paper_totals import PAPER_TOTAL
from govdesk.report.report import Layer
from govdesk.report.totals import Figures, compute_figures
from ui.grid import clipboard
from ui.grid.model import GridModel

NAMED = 3                                    # so many refusals are told in full


class Selection(Protocol):
    """What a paste asks of the table: where the block is to go."""

    def chosen(self) -> list[Address]: ...


class Paste(QObject):
    """A block on its way into a table. While it is offered, `landing` is where it would go; the table shows it, and
    nothing is written yet."""

    offered = Signal(object)                 # Landing, or None where the offer has ended
    refused = Signal(object, str)            # Address, the reason

    def __init__(self, model: GridModel, selection: Selection) -> None:
        super().__init__(model)
        self._model, self._selection = model, selection
        self._blocks: list[CellBlock] = []
        self.landings: list[Landing] = []
        self._at = 0
        self._chosen: Sequence[Address] = ()     # the selection that the block was pasted on
        self._keep: bool | None = None       # whether the clerk wants its totals kept; None: has not said
        self._model.editor.changed.connect(lambda *_: self.leave())

    @property
    def _names(self) -> TableNames:
        return name_book.load_name_book(self._model.editor.form.id).of(self._model.grid)

    @property
    def landing(self) -> Landing | None:
        return self.landings[self._at] if self.landings else None

    @property
    def totals(self) -> list[tuple[Address, Value]]:
        """The totals of the block that is offered."""
        return placement.read_stated_totals(self._model.grid, self.landing) if self.landing else []

    @property
    def keeps(self) -> bool:
        """Whether they will be kept as 原件合计: as the clerk chose, else where they are evidence."""
        landing = self.landing
        if landing is None or not self.totals:
            return False
        if landing.puts and self._keep is not None:
            return self._keep
        return placement.are_evidence(self._model.grid, landing, self._figures_after(landing))

    def _figures_after(self, landing: Landing) -> Figures:
        """All figures as they would be."""
        editor = self._model.editor
        edit = editor.session.edit("粘贴", [(Layer.VALUES, a, entered.value) for a, entered in landing.readable])
        return compute_figures(editor.form, edit.applied_to(editor.now.report))

    def paste(self) -> None:
        """One figure is written at once; a block is offered."""
        self.leave()
        chosen = self._selection.chosen()
        if not chosen:
            return
        try:
            self._blocks = clipboard.read_tables(QGuiApplication.clipboard().mimeData())
        except BlockError as error:
            self.refused.emit(chosen[0], str(error))
            return
        single = [text for block in self._blocks if len(block) == len(block[0]) == 1
                  and isinstance(text := block[0][0], str)]
        if len(self._blocks) == 1 and single:
            self._write_single(chosen, single[0])
            return
        self._land(chosen[0], chosen)
        if not self.landings:
            self.refused.emit(chosen[0], self._explain_no_place())

    def _write_single(self, chosen: Sequence[Address], text: str) -> None:
        """One figure into every chosen cell; on a total alone it is the paper's."""
        if inputs := [cell for cell in chosen if cell in self._model.places.inputs]:
            self._write([placement.make_cell_entry(self._model.grid, cell, text) for cell in inputs])
        else:
            self._model.setData(self._model.index_of(chosen[0]), text)

    def keep(self, wanted: bool) -> None:
        """Have the totals of the block kept, or not."""
        self._keep = wanted
        self._show()

    def _land(self, start: Address, chosen: Sequence[Address] = ()) -> None:
        """Of several tables on the clipboard the one that fits best."""
        self._chosen = chosen if len(chosen) > 1 else ()
        found = [placement.find_landings(self._names, block, start, self._chosen) for block in self._blocks]
        self._at = 0
        self.landings = max(found, key=lambda ways: (
            bool(ways) and ways[0].way is PlacementWay.NAMES, len(ways[0].readable) if ways else 0), default=[])
        self._show()

    def _explain_no_place(self) -> str:
        """Why there is no place for what is on the clipboard."""
        rows, columns = max(placement.measure_block(self._names, block) for block in self._blocks)
        if not rows:
            text = next((cell for block in self._blocks for row in block for cell in row
                         if isinstance(cell, str) and cell), "")
            return f"剪贴板里没有读到数字（“{shorten_text(text)}”），没有填入"
        return f"没有填入：{self._explain_misfit(rows, columns)}"

    def _explain_misfit(self, rows: int, columns: int) -> str:
        start, grid = self._selection.chosen()[0], self._model.grid
        if other := self._find_other_table():
            return f"剪贴板里的行名、列名是{other.name}（{other.title}）的，请到那张表里粘贴"
        unplaced = [line for block in self._blocks
                    for line in placement.explain_refusal(self._names, block, start, self._chosen)]
        if unplaced:
            more = f"；还有 {len(unplaced) - NAMED} 处" if len(unplaced) > NAMED else ""
            return (f"{'；'.join(unplaced[:NAMED])}{more}。行名、列名请照这张表写，"
                    "或只复制数字，选中同样大小的区域再粘贴")
        table = placement.printed_frame(grid)
        if rows <= len(table) and columns <= max(map(len, table)):
            return (f"剪贴板里有 {rows} 行 {columns} 列，选中的区域大小不同。"
                    "请选同样大小的区域，或只选左上角一格再粘贴")
        return (f"剪贴板里有 {rows} 行 {columns} 列，这张表是 {len(table)} 行 {max(map(len, table))} 列，放不下。"
                "请只复制需要的那几格再粘贴")

    def _find_other_table(self) -> Grid | None:
        """Another table of the form whose names the block has."""
        form = self._model.editor.form
        book = name_book.load_name_book(form.id)
        found = {grid.id: sum(_count_named_figures(book.of(grid), block) for block in self._blocks)
                 for grid in form.grids.values() if grid.id != self._model.grid.id}
        best = max(found, key=lambda grid_id: found[grid_id], default="")
        return form.grids[best] if found.get(best) else None

    def move_to(self, start: Address | None) -> None:
        """The cursor leads what is offered; the way that was chosen stays."""
        before = self.landing
        if before is None or start is None:
            return
        self._land(start)
        like = [i for i, one in enumerate(self.landings) if one[:2] == before[:2]]
        self._at = like[0] if like else 0
        self._show()

    def try_other_way(self) -> None:
        if self.landings:
            self._at = (self._at + 1) % len(self.landings)
            self._show()

    def leave(self) -> None:
        """The offer ends, nothing has changed."""
        if self.landings:
            self.landings, self._at, self._keep = [], 0, None
            self._show()

    def confirm(self) -> None:
        landing = self.landing
        if landing is not None and (landing.readable or self.keeps):
            kept = self.totals if self.keeps else []
            self.leave()
            self._write(list(landing.puts), landing, kept)

    def _show(self) -> None:
        landing = self.landing
        self._model.show_pending({put.address: put for put in landing.puts} if landing else {})
        self.offered.emit(landing)

    def _write(self, puts: list[CellEntry], landing: Landing | None = None,
               kept: Sequence[tuple[Address, Value]] = ()) -> None:
        entries = [(put.address, put.entered) for put in puts if put.entered is not None]
        self._model.write("粘贴", entries, kept)
        totals = placement.list_stated_totals(self._model.grid, landing) if landing and kept else []
        said = describe_refusals(self._model.grid, [*puts, *totals])
        if landing:
            said += placement.find_contradictions(self._model.grid, landing, self._model.editor.now.figures)
            said += [f"超出表格的 {len(landing.cut)} 个数没有填入"] if landing.cut else []
            said += [placement.explain_unplaced(self._model.grid, one) for one in landing.unplaced]
        if said:
            last = entries[-1][0] if entries else puts[0].address if puts else kept[-1][0]
            done = [f"已填 {len(entries)} 格"] if entries else ["没有填入"] if puts else []
            done += [f"{PAPER_TOTAL} {len(kept)} 格"] if kept else []
            self.refused.emit(last, f"{'，'.join(done)}；{'；'.join(said)}")

    def describe(self, landing: Landing) -> tuple[str, list[str]]:
        """What would be done, in a sentence or two, and what is doubtful about it, a line each."""
        grid, wanted = self._model.grid, landing.readable
        replaced = sum(self._model.editor.now.figures[a] not in (None, entered.value) for a, entered in wanted)
        way = placement.describe_way(grid, landing)
        offer = f"将填入 {len(wanted)} 格（{way}）" if landing.puts else f"只有合计（{way}）"
        offer += f"，其中 {replaced} 格会换掉原来的数" if replaced else ""
        keeps = self.keeps
        unread = _list_refusals(grid, [*landing.puts, *(placement.list_stated_totals(grid, landing) if keeps else [])])
        unplaced = [placement.explain_unplaced(grid, one) for one in landing.unplaced]
        return (f"{offer}。{_describe_left_out(landing, len(self.totals) if keeps else 0)}",
                [*unplaced, *unread, *placement.find_contradictions(grid, landing, self._figures_after(landing))])


def _count_named_figures(names: TableNames, block: CellBlock) -> int:
    """How many figures of a block have their names in a table."""
    ways = placement.find_landings(names, block, names.grid.addresses[0])
    return sum(len(one.puts) + len(one.stated) for one in ways if one.way is PlacementWay.NAMES)


def _describe_left_out(landing: Landing, kept: int) -> str:
    """What of the block is not written, and why; first how many of its totals are kept."""
    left = len(landing.stated) - kept
    passed = [f"标题 {landing.labels} 处"] if landing.labels else []
    passed += [f"合计 {left} 格"] if left else []
    said = [f"合计 {kept} 格留作{PAPER_TOTAL}，只用来核对"] if kept else []
    said += [f"{'、'.join(passed)}不用填，跳过"] if passed else []
    said += [f"空白 {landing.blanks} 格不动"] if landing.blanks else []
    said += [f"{len(landing.cut)} 个数超出表格，不填"] if landing.cut else []
    left_out = sum(len(one.texts) for one in landing.unplaced)
    said += [f"{left_out} 个数没有对应的格，不填（见下）"] if left_out else []
    unfit = sum(entered.value is NA for _, entered in landing.readable)
    said += [f"{unfit} 格是“/”或“—”，按不适用填入"] if unfit else []
    return "；".join(said) + ("。" if said else "")


def _list_refusals(grid: Grid, puts: Iterable[CellEntry]) -> list[str]:
    """What cannot be read: which cell, what stood there, why not."""
    return [f"{grid.rows[put.address.row].name} · {grid.columns[put.address.column].name}：{put.reason}"
            for put in puts if put.entered is None]


def describe_refusals(grid: Grid, puts: Iterable[CellEntry]) -> list[str]:
    """The first refusals in full, and how many more there are."""
    refused = _list_refusals(grid, puts)
    more = len(refused) - NAMED
    return refused[:NAMED] + ([f"还有 {more} 处没有填入"] if more > 0 else [])
