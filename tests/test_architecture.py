"""Which folder may import which (docs/architecture.md draws it), what waits until it is needed, and how much a folder
and a file may hold. Every import counts: at the top of a file, within a function, for a type checker only."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 400
MAX_FILES = 16                       # of a folder, without __init__.py

# A folder of govdesk and the folders that it may import. A folder names only folders that stand above it, so there can
# be no circle. `errors`, the version and the like lie in `base` or in the package itself, which everybody may import.
CORE = {
    "base": "",
    "document": "base",
    "fonts": "base document",
    "typeset": "base document fonts",
    "export": "base document fonts typeset",                 # a writer never sees a form or a report
    "form": "base",
    "report": "base form",
    "texts": "base form report",
    "prose": "base",
    "organs": "base",
    "proofreading": "",                                      # a text and patterns, nothing of ours
    "formulas": "organs",
    "checks": "base form report texts prose organs proofreading formulas",
    "formfile": "base form checks",                          # it names the checks' functions and calls none
    "findings": "base form report checks",
    "session": "base form report texts checks findings",
    "suggestions": "base form report checks findings session",
    "paste": "base form report formfile",
    "importing.files": "",                                   # a reader of files never sees a form
    "importing.documents": "importing.files",
    "importing.sheets": "importing.files",
    "importing.pages": "base importing.files",               # base: the lock of PDFium
    "importing": "base form report formfile paste importing.files importing.documents importing.sheets "
                 "importing.pages",
    "printing": "base document fonts form report texts checks findings session",
    "exchange": "base form report texts formfile findings importing",
    "store.sql": "base report",
    "store.migrations.versions": "",
    "store.migrations": "store.sql",
    "store.file": "base store.sql store.migrations",
    "store": "base report store.sql store.file",
    "drafts": "base organs importing importing.files report texts formfile exchange session store.sql store",
    "": "*",                                                  # cli, console, settings
}
# A folder of the window and the folders of the window that it may import; any of govdesk besides.
WINDOW = {
    "common": "",
    "widgets": "common",
    "error_reports": "common widgets",
    "editing": "common widgets",
    "home": "common widgets",
    "shell": "common widgets home",
    "manual": "common widgets editing shell",
    "text": "common widgets editing",
    "grid.painting": "common",
    "grid": "common widgets editing grid.painting",
    "grid.bars": "common widgets editing grid.painting grid",
    "preview": "common widgets",
    "helper": "common widgets editing",
    "pages": "common widgets editing helper text grid grid.bars preview",
    "wizard": "common widgets editing preview helper pages",
    "history": "common widgets editing shell",
    "backups": "common widgets editing shell",
    "draft": "common widgets editing history wizard shell",
    "importing": "common widgets editing grid history shell draft",
    "app": "common widgets error_reports editing manual shell history backups draft importing",
    "": "app",                                                # launch
}
# Debts: modules that need one another. Nothing may be added; what is paid goes.
CIRCLES: list[set[str]] = [
]
# Packages of others, and the modules that may import them.
OTHERS = {
    "sqlalchemy": "govdesk.store*", "alembic": "govdesk.store*", "reportlab": "govdesk.export.pdf*",
    "platformdirs": "govdesk.base.paths", "PySide6": "ui*", "shiboken6": "ui*",
    "pypdfium2": "ui.preview* govdesk.importing.pages.pdf*", "lxml": "govdesk.importing.*",
    "xlrd": "govdesk.importing.sheets.xls", "doc2docx": "govdesk.importing.documents.doc*",
}
HEAVY = ("PySide6", "sqlalchemy", "alembic", "reportlab", "pypdfium2", "lxml", "xlrd", "doc2docx")


class Import(NamedTuple):
    """`by` imports `what`: both are modules, or `what` is a package of others."""

    by: str
    what: str


def files(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(file): file for package in ("govdesk", "ui") for file in files(package)}
PACKAGES = {name for name, file in MODULES.items() if file.name == "__init__.py"}


def imports(name: str, tree: ast.Module) -> Iterator[Import]:
    """All that a module imports, whenever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            module = node.module or ""
            deeper = [f"{module}.{alias.name}" for alias in node.names]
            yield from (Import(name, full if full in MODULES else module) for full in deeper)


@pytest.fixture(scope="module")
def found() -> list[Import]:
    return [one for name, file in MODULES.items() for one in imports(name, ast.parse(file.read_text(encoding="utf-8")))]


def folder_of(module: str) -> str:
    """“govdesk.store.sql.rows” → “store.sql”, “ui.launch” → “”."""
    folder = module if module in PACKAGES else module.rpartition(".")[0]
    return folder.partition(".")[2]


def is_allowed(one: Import, rules: dict[str, str]) -> bool:
    """Whether the rules of a package let a module import another of the same package."""
    by, what = folder_of(one.by), folder_of(one.what)
    return by == what or one.what in ("govdesk", "ui") or rules[by] == "*" or what in rules[by].split()


def inside(found: Iterable[Import], package: str) -> list[Import]:
    return [one for one in found if all(name.split(".")[0] == package for name in one)]


@pytest.mark.parametrize(("package", "rules"), [("govdesk", CORE), ("ui", WINDOW)], ids=["govdesk", "ui"])
def test_folders_import_as_the_table_says(package: str, rules: dict[str, str], found: list[Import]) -> None:
    ours = inside(found, package)
    assert len(ours) > 200
    assert sorted(one for one in ours if not is_allowed(one, rules)) == []


@pytest.mark.parametrize(("package", "rules"), [("govdesk", CORE), ("ui", WINDOW)], ids=["govdesk", "ui"])
def test_every_folder_has_a_line_and_names_only_those_above_it(package: str, rules: dict[str, str]) -> None:
    assert set(rules) == {folder_of(name) for name in MODULES if name.split(".")[0] == package}
    order = list(rules)
    for place, (folder, may) in enumerate(rules.items()):
        assert may == "*" or set(may.split()) <= set(order[:place]), folder


def test_every_permission_is_needed(found: list[Import]) -> None:
    arrows = {(folder_of(one.by), folder_of(one.what)) for one in inside(found, "govdesk")}
    assert [f"{folder} imports {what}" for folder, may in CORE.items() if may != "*" for what in may.split()
            if (folder, what) not in arrows] == [], "no longer needed: take it off the table"


def test_govdesk_never_imports_the_window(found: list[Import]) -> None:
    assert [i for i in found if i.by.startswith("govdesk") and i.what.partition(".")[0] in ("ui", "PySide6")] == []


def test_packages_of_others_stay_where_they_belong(found: list[Import]) -> None:
    ours = {"govdesk", "ui", *sys.stdlib_module_names}
    strangers = [(i.by, i.what.partition(".")[0]) for i in found if i.what.partition(".")[0] not in ours]
    assert len(strangers) > 20
    assert [f"{by} imports {what}" for by, what in strangers
            if not any(fnmatch(by, where) for where in OTHERS.get(what, "none").split())] == []


def circles(found: Iterable[Import]) -> list[set[str]]:
    """The sets of modules that all lead to one another."""
    graph: dict[str, set[str]] = {}
    for by, what in found:
        if what in MODULES and what != by:
            graph.setdefault(by, set()).add(what)

    def reached(start: str) -> set[str]:
        seen, open_ = set[str](), [start]
        while open_:
            for other in graph.get(open_.pop(), set()) - seen:
                seen.add(other)
                open_.append(other)
        return seen

    leads = {name: reached(name) for name in graph}
    rings = {frozenset(other for other in leads[name] if name in leads.get(other, ())) for name in leads}
    return [set(ring) for ring in rings if ring]


def test_no_circles_of_modules(found: list[Import]) -> None:
    now = circles(found)
    assert [sorted(ring) for ring in now if not any(ring <= debt for debt in CIRCLES)] == [], "a new circle"
    assert [sorted(debt) for debt in CIRCLES if debt not in now] == [], "smaller or gone: shorten the list"


def test_a_forbidden_import_would_be_seen() -> None:
    """The tables can fail: a session in the form, a page below the undo stack, Qt in a function of the core; also
    where only a type checker reads it."""
    source = ("if TYPE_CHECKING:\n from ui.pages import grid_page\n"
              "def f():\n from PySide6 import QtCore\n import govdesk.session.session\n")
    seen = set(imports("govdesk.form.form", ast.parse(source)))
    assert {i.what for i in seen} == {"PySide6", "govdesk.session.session", "ui.pages.grid_page"}
    assert not is_allowed(Import("govdesk.form.form", "govdesk.session.session"), CORE)
    assert not is_allowed(Import("ui.editing.commands", "ui.pages.grid_page"), WINDOW)
    assert not fnmatch("govdesk.form.form", OTHERS["PySide6"])
    ring = [Import("ui.launch", "ui.pages.grid_page"), Import("ui.pages.grid_page", "ui.launch")]
    assert circles(ring) == [{"ui.launch", "ui.pages.grid_page"}]


STORE = "govdesk.store"
# What only SQLite understands: of modules, and of words in statements.
SQLITE_MODULES = ("sqlite3", "sqlalchemy.dialects")
SQLITE_WORDS = re.compile(r"\b(PRAGMA|BEGIN|COMMIT|ROLLBACK|ON CONFLICT|sqlite_master|json_each|typeof|rowid)\b")
MIGRATIONS = f"{STORE}.migrations"       # of released files, which are SQLite's; never changed


def test_one_module_speaks_sqlite(found: list[Import]) -> None:
    """Whatever else the store is made of would serve another database too."""
    assert {i.by for i in found if i.what.startswith(SQLITE_MODULES)} == {f"{STORE}.sql.sqlite"}
    words = {name for name, file in MODULES.items() if name.startswith(f"{STORE}.") and not name.startswith(MIGRATIONS)
             and _words_of_sqlite(file)}
    assert words == {f"{STORE}.sql.sqlite"}


def _words_of_sqlite(file: Path) -> list[str]:
    texts = (node.value for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [word for text in texts for word in SQLITE_WORDS.findall(text)]


def test_files_stay_short() -> None:
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
               for package in ("govdesk", "ui", "build_scripts") for file in files(package)}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_folders_stay_small() -> None:
    many = Counter(name.rpartition(".")[0] for name in MODULES if name not in PACKAGES)
    assert {folder: count for folder, count in many.items() if count > MAX_FILES} == {}


def loaded_after(code: str, *arguments: str) -> list[str]:
    loaded = f"sorted({{m.partition('.')[0] for m in sys.modules}} & set({HEAVY!r}))"
    script = f"import sys\n{code}\nprint({loaded})"
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=ROOT,
                          check=True, encoding="utf-8")
    return ast.literal_eval(done.stdout.splitlines()[-1])


def test_the_command_line_starts_light() -> None:
    assert loaded_after("import govdesk.cli") == []


def test_checking_a_report_stays_light() -> None:
    sample = ROOT / "resources" / "samples" / "sample-2023.govdesk"
    code = "from ui.launch import main\nassert main(sys.argv[1:]) == 0"
    assert loaded_after(code, "check", "--json", str(sample)) == []


def test_the_probe_sees_what_is_loaded() -> None:
    assert loaded_after("import sqlalchemy") == ["sqlalchemy"]


# Where suffixes of our own files are spelled: the tables, and the name of the sample.
SUFFIXES = re.compile(r"\.(govdesk|pdf)(?![\w-])")
SPELLED = {"govdesk.exchange.readers": {".govdesk"}, "govdesk.importing.kinds": {".pdf"},
           "govdesk.export.formats": {".pdf"},
           "govdesk.cli": {"sample-2023.govdesk"}}


def test_suffixes_are_spelled_in_the_tables_alone() -> None:
    found = {name: words for name, file in MODULES.items() if (words := _suffixes_in(file.read_text(encoding="utf-8")))}
    assert found == SPELLED


def test_a_suffix_elsewhere_would_be_seen() -> None:
    assert _suffixes_in('ask("PDF (*.pdf);;*")\nname = f"{title}.govdesk"') == {"PDF (*.pdf);;*", ".govdesk"}


def _suffixes_in(source: str) -> set[str]:
    return {node.value for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SUFFIXES.search(node.value)}


def class_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, file in MODULES.items():
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name)
    return found


def test_a_class_name_stands_for_one_thing() -> None:
    found = class_names()
    assert len(found) > 200
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}
