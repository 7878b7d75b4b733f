"""What the helper says of a place: its name, what counts, how a total is made, what is off, what it was last year."""

from __future__ import annotations

from functools import partial

from govdesk.base.numerals import format_value, shorten_text
from govdesk.findings.causes import Cause, causes_concerning
from govdesk.form.form import Address, Grid
from govdesk.formfile.help_reader import Advice
from govdesk.report import paper_totals, sources
from govdesk.report.report import Layer
from govdesk.report.totals import addends_of_total
from govdesk.session import previous_year
from ui.common.labels import FACT_NAMES
from ui.helper.finding_card import FindingCard
from ui.helper.helper_card import HelperCard, HelperPlace
from ui.widgets.basics import make_button, make_label

PAPER_HINT = "手上有纸质原件的，在这一格直接打上原件写的合计，程序替您核对；不会印出来。"
SOURCE_LINE = 240                            # characters of a source or a note that are shown
NOTHING = "点一格，这里会说明它是什么、怎么算、有没有对不上。"


class NameCard(HelperCard):
    """Where the cursor is, in the words of the form."""

    def content_of(self, place: HelperPlace) -> object:
        return "", place

    def write(self, place: HelperPlace) -> None:
        form = self.editor.form
        if isinstance(place, Address):
            self._write_cell(place)
        elif place in form.texts:
            text = form.texts[str(place)]
            self.column.addWidget(make_label(text.heading or text.name, "heading", wrap=True))
        elif place in FACT_NAMES:
            self.column.addWidget(make_label(FACT_NAMES[str(place)], "heading", wrap=True))
        else:
            self.column.addWidget(make_label(NOTHING, "quiet", wrap=True))

    def _write_cell(self, cell: Address) -> None:
        grid = self.editor.form.grids[cell.grid]
        row, column = grid.rows[cell.row], grid.columns[cell.column]
        above = [grid.block_of(cell.row).row_groups[g].label for g in _ancestors(row.group)]
        if above:
            self.column.addWidget(make_label(" › ".join(above), "quiet", wrap=True))
        self.column.addWidget(make_label(row.label, "heading", wrap=True))
        unit = f"　单位：{grid.unit_of(cell)}" if column.unit or not column.amount else ""
        self.column.addWidget(make_label(f"{column.name}{unit}", "quiet", wrap=True))


class RuleCard(HelperCard):
    """What counts here, what does not, and the article."""

    title = "填报说明"

    def content_of(self, place: HelperPlace) -> object | None:
        return place if self._advice(place) != Advice() else None

    def _advice(self, place: HelperPlace) -> Advice:
        if isinstance(place, Address):
            return self.help.of_row(place)
        return self.help.texts.get(place or "") or self.help.facts.get(place or "") or Advice()

    def write(self, place: HelperPlace) -> None:
        _write_advice(self, self._advice(place), "不计" if isinstance(place, Address) else "注意")


class ColumnCard(HelperCard):
    """The same for the column."""

    title = "这一列"
    folded = True

    def content_of(self, place: HelperPlace) -> object | None:
        if not isinstance(place, Address) or self.help.of_column(place) == Advice():
            return None
        return place.grid, place.column

    def write(self, place: HelperPlace) -> None:
        assert isinstance(place, Address)
        _write_advice(self, self.help.of_column(place))


def _write_advice(card: HelperCard, advice: Advice, left_out: str = "不计") -> None:
    card.column.addWidget(make_label(advice.says, "note", wrap=True))
    if advice.leaves_out:
        card.column.addWidget(make_label(f"{left_out}：{advice.leaves_out}", "quiet", wrap=True))
    if advice.article:
        card.column.addWidget(make_label(f"依据：{advice.article}", "quiet", wrap=True))


class SumCard(HelperCard):
    """A total explained: the cells it adds up, zeros in one line, each a way to the cell."""

    title = "怎么算出来的"

    def content_of(self, place: HelperPlace) -> object | None:
        if not isinstance(place, Address) or not self._grid(place).is_total(place):
            return None
        now, figures = self.editor.now, self.editor.now.figures
        shown = [format_value(figures[a]) for a in (place, *addends_of_total(self._grid(place), place))]
        return place, paper_totals.paper_total_of(now.report, figures, place), shown

    def _grid(self, cell: Address) -> Grid:
        return self.editor.form.grids[cell.grid]

    def write(self, place: HelperPlace) -> None:
        assert isinstance(place, Address)
        figures, grid = self.editor.now.figures, self._grid(place)
        self.column.addWidget(make_label(f"由程序计算：{format_value(figures[place]) or '还有空白，填完后得出'}",
                                         wrap=True))
        by_row = grid.columns[place.column].is_total
        nothing = 0
        for cell in addends_of_total(grid, place):
            words = format_value(figures[cell])
            if words == "0":
                nothing += 1
                continue
            name = grid.columns[cell.column].name if by_row else grid.rows[cell.row].name
            self.column.addWidget(make_button(f"{name}　{words or '空白'}",
                                              partial(self.place_wanted.emit, cell), "link"))
        if nothing:
            self.column.addWidget(make_label(f"其余 {nothing} 格为 0", "quiet"))
        self._write_paper(place)

    def _write_paper(self, place: Address) -> None:
        now = self.editor.now
        paper = paper_totals.paper_total_of(now.report, now.figures, place)
        if paper.agrees is False:
            return                           # PaperTotalCard says so at the top
        words = paper_totals.describe_paper_total(now.report, now.figures, place) or PAPER_HINT
        self.column.addWidget(make_label(f"✓ {words}" if paper.agrees else words, "agreed" if paper.agrees else "quiet",
                                         wrap=True))


class PaperTotalCard(HelperCard):
    """A total that is another on the paper: this cell's own trouble, before what else it is part of."""

    title = "与原件不符"

    def content_of(self, place: HelperPlace) -> object | None:
        if not isinstance(place, Address):
            return None
        now = self.editor.now
        paper = paper_totals.paper_total_of(now.report, now.figures, place)
        return (place,
                paper_totals.describe_paper_total(now.report, now.figures, place)) if paper.agrees is False else None

    def write(self, place: HelperPlace) -> None:
        assert isinstance(place, Address)
        now = self.editor.now
        self.column.addWidget(make_label(f"△ {paper_totals.describe_paper_total(now.report, now.figures, place)}",
                                         "off", wrap=True))


class FindingsCard(HelperCard):
    """What is off about this place, one cause after another."""

    apart = True                             # each finding has a head of its own, with its sign

    def content_of(self, place: HelperPlace) -> object | None:
        concerned = self._concerned(place)
        if not concerned:
            return None
        now = self.editor.now
        cells = [a for cause in concerned for side in cause.lead.sides for a in side.operands]
        return concerned, now.report.entries(Layer.ANSWERS), [format_value(now.figures[a]) for a in cells]

    def _concerned(self, place: HelperPlace) -> tuple[Cause, ...]:
        return causes_concerning(self.editor.form, self.editor.now.causes, place)

    def write(self, place: HelperPlace) -> None:
        for cause in self._concerned(place):
            found = FindingCard(self.editor, cause, at=place)
            found.place_wanted.connect(lambda at, _: self.place_wanted.emit(at))
            found.light_wanted.connect(self.light_wanted)
            found.answered.connect(lambda: self.place_wanted.emit(place))
            self.column.addWidget(found)


class LastYearCard(HelperCard):
    """What last year's report says of a cell: where it is carried over, first what was carried forward then."""

    title = "上年数字"

    def content_of(self, place: HelperPlace) -> object | None:
        if not isinstance(place, Address):
            return None
        lines = self._lines(place)
        return (place, lines) if lines else None

    def _lines(self, cell: Address) -> list[str]:
        form, year = self.editor.form, self.editor.now.report.year
        then, there = f"{year - 1} 年" if year else "上年", previous_year.counterpart_of(form, cell)
        name = f"“{form.grids[there.grid].rows[there.row].label}”" if there != cell else ""
        found = {f"{then}{name}": self._last(there), f"{then}同一格" if name else then: self._last(cell)}
        return [f"{words}：{figure}" for words, figure in found.items() if figure is not None]

    def _last(self, cell: Address) -> str | None:
        from govdesk.checks.findings import Facts
        from govdesk.checks.previous import find_last_figure

        now = self.editor.now
        last = find_last_figure(Facts(now.form, now.report, now.figures, {}), cell)
        return None if last is None else format_value(last)

    def write(self, place: HelperPlace) -> None:
        assert isinstance(place, Address)
        for words in self._lines(place):
            self.column.addWidget(make_label(words, wrap=True))


class SourcesCard(HelperCard):
    """What stands behind the figure: its tape, its source, its note."""

    title = "来源与备注"

    def content_of(self, place: HelperPlace) -> object | None:
        return (place, sources.describe_sources(self.editor.now.report, place)) if isinstance(place, Address) else None

    def write(self, place: HelperPlace) -> None:
        assert isinstance(place, Address)
        for line in sources.describe_sources(self.editor.now.report, place):
            self.column.addWidget(make_label(shorten_text(line, SOURCE_LINE), wrap=True))
        self.column.addWidget(make_button("写来源和备注（Ctrl+M）", self.evidence_wanted.emit, "link"))


def _ancestors(group: str) -> list[str]:
    """“results.refused” → [“results”, “results.refused”]."""
    parts = group.split(".") if group else []
    return [".".join(parts[:i + 1]) for i in range(len(parts))]
