"""Who may import whom (docs/architecture.md, as a table), what waits until it is needed, and how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 400

# A module of govdesk, or a folder of them, and what of govdesk it may import.
CORE = {
    "records": "", "errors": "", "bounds": "", "dates": "bounds", "numerals": "bounds", "document": "",
    "paths": "errors", "style": "",
    "__init__": "", "__main__": "",
    "hashes": "", "files": "errors", "console": "errors",
    "settings": "deadline errors files paths style",
    "form": "errors",
    "report": "bounds dates form numerals",
    "totals": "form numerals report",
    "tokens": "form numerals totals",
    "sentences": "form report tokens totals",
    "textsearch": "form tokens totals",
    "stated": "form numerals report totals",
    "reuse": "hashes report",
    "checks": "checks dates errors form hashes numerals report sentences tokens totals",
    "parsed": "",
    "formfile": "checks.kinds checks.parameters errors form numerals parsed paths",   # it names functions, calls none
    "helpfile": "errors form formfile paths report",
    "steps": "bounds checks form report",
    "answers": "bounds checks form hashes numerals report totals",
    "equations": "checks form",
    "causes": "checks equations form",
    "fingerprints": "fingerprints checks equations form numerals report session",
    "standing": "answers bounds causes checks form numerals session steps",
    "session": "answers causes checks errors form numerals report steps tapes totals",
    "gridplan": "document form",
    "tapes": "form numerals report",
    "evidence": "form numerals report tapes totals",
    "blocks": "", "sheets": "document form gridplan",
    "name_book": "errors form formfile paths", "label_matching": "name_book",
    "table_reading": "blocks label_matching name_book numerals tapes",
    "pasting": "blocks form gridplan label_matching name_book numerals table_reading tapes totals",
    "deadline": "dates form records",
    "compare": "form numerals report",
    "trail": "form numerals report",
    "joining": "compare form report trail",
    "carry": "answers bounds dates form numerals report session tokens",
    "handover": "answers report",
    "selfcheck": "answers causes checks document form records report session standing",
    "compose": "dates document form gridplan numerals report session style tokens totals",
    "typeset": "typeset document errors style",
    "export": "export typeset document errors files style",                   # a writer never sees a form or a report
    "importers": "importers bounds errors form formfile numerals report tokens totals trail",
    "store": "store errors form numerals paths report trail",
    "cli": "*",
}
# Packages of others, and the modules that may import them.
OTHERS = {
    "sqlalchemy": "govdesk.store*", "alembic": "govdesk.store*", "reportlab": "govdesk.export.pdf*",
    "platformdirs": "govdesk.base.paths", "PySide6": "ui*", "shiboken6": "ui*",
    "pypdfium2": "ui.pr*",               # preview, preview_maker, printing
}
# The window, from the top down: a module imports its own layer or a lower one. What is not named is a part.
WINDOW = {
    "frame": "launch app self_test main_window desk elsewhere clashes ending errands keeping returning silent_damage "
             "wizard page_maker finding home_page",
    "pages": "pages pages.*",
    "parts": "*",
    "models": "grid_model grid_places grid_last_year fields autosave",
    "ground": "word_bounds word_edit text_offsets bridge signals unfinished later mnemonics theme task folders damage "
              "language widgets chinese",
    "undo": "undo",
}
HEAVY = ("PySide6", "sqlalchemy", "alembic", "reportlab")


@dataclass(frozen=True)
class Import:
    """`by` imports `what`; `late`: inside a function, so only when it is needed."""

    by: str
    what: str
    late: bool


def modules(package: str) -> Iterator[tuple[str, Path]]:
    for file in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        yield name, file


def known() -> set[str]:
    return {name.removesuffix(".__init__") for package in ("govdesk", "ui") for name, _ in modules(package)}


def imports(name: str, tree: ast.Module, names: set[str], *, typed: bool = False) -> Iterator[Import]:
    """What a module imports when it runs; `typed`: also what only a type checker reads."""
    for node, late in _walk(tree, late=False, typed=typed):
        if isinstance(node, ast.Import):
            yield from (Import(name, alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            module = node.module or ""
            deeper = [f"{module}.{alias.name}" for alias in node.names]
            yield from (Import(name, full if full in names else module, late) for full in deeper)


def _walk(node: ast.AST, *, late: bool, typed: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        if not typed and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child, late
        inside = late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, late=inside, typed=typed)


@pytest.fixture(scope="module")
def found() -> list[Import]:
    names = known()
    return [found for package in ("govdesk", "ui") for name, file in modules(package)
            for found in imports(name, ast.parse(file.read_text(encoding="utf-8")), names)]


def in_core(name: str) -> str:
    """“govdesk.checks.tables” → “checks.tables”; the package itself is “__init__”."""
    return name.removeprefix("govdesk").removeprefix(".").removesuffix(".__init__") or "__init__"


def allowed(by: str, what: str) -> bool:
    table = CORE.get(by) or CORE.get(by.partition(".")[0], "")
    return any(word in ("*", what) or what.startswith(f"{word}.") for word in (*table.split(), "__init__", "records"))


def test_govdesk_imports_downwards(found: list[Import]) -> None:
    inside = [(in_core(i.by), in_core(i.what)) for i in found if i.by.startswith("govdesk") and _is_ours(i.what)]
    assert len(inside) > 60
    assert [f"{by} imports {what}" for by, what in inside if not allowed(by, what)] == []


def _is_ours(what: str) -> bool:
    return what == "govdesk" or what.startswith("govdesk.")


def test_every_module_of_govdesk_has_a_line_in_the_table() -> None:
    heads = {in_core(name).partition(".")[0] for name, _ in modules("govdesk")}
    assert heads == set(CORE)


def test_govdesk_never_imports_the_window(found: list[Import]) -> None:
    assert [i for i in found if i.by.startswith("govdesk") and i.what.partition(".")[0] in ("ui", "PySide6")] == []


def test_packages_of_others_stay_where_they_belong(found: list[Import]) -> None:
    ours = {"govdesk", "ui", *sys.stdlib_module_names}
    strangers = [(i.by, i.what.partition(".")[0]) for i in found if i.what.partition(".")[0] not in ours]
    assert len(strangers) > 20
    assert [f"{by} imports {what}" for by, what in strangers if not fnmatch(by, OTHERS.get(what, "none"))] == []


def layer(module: str) -> int:
    """The layer of a module of the window, counted from the top."""
    inner = module.removeprefix("ui").removeprefix(".").removesuffix(".__init__")
    for depth, words in enumerate(WINDOW.values()):
        if words != "*" and any(fnmatch(inner, word) for word in words.split()):
            return depth
    return list(WINDOW).index("parts")


def test_the_window_imports_downwards(found: list[Import]) -> None:
    inside = [i for i in found if i.by.startswith("ui") and i.what.startswith("ui.")]
    assert len(inside) > 30
    assert [f"{i.by} imports {i.what}" for i in inside if layer(i.by) > layer(i.what)] == []


def test_every_name_in_the_table_of_the_window_exists() -> None:
    names = {name.removeprefix("ui.") for name, _ in modules("ui")}
    listed = [word for words in WINDOW.values() for word in words.split() if "*" not in word]
    assert [word for word in listed if word not in names and f"{word}.__init__" not in names] == []


def test_no_circles(found: list[Import]) -> None:
    """Among imports that run when a module is loaded."""
    graph: dict[str, set[str]] = {}
    for i in found:
        if not i.late and i.what.partition(".")[0] in ("govdesk", "ui"):
            graph.setdefault(i.by.removesuffix(".__init__"), set()).add(i.what)
    assert_no_circles(graph)


def assert_no_circles(graph: dict[str, set[str]]) -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for other in graph.get(name, set()) - {name}:
                visit(other, (*path, name))
            done.add(name)

    for name in list(graph):
        visit(name, ())


STORE = "govdesk.store"
# What only SQLite understands: of modules, and of words in statements.
SQLITE_MODULES = ("sqlite3", "sqlalchemy.dialects")
SQLITE_WORDS = re.compile(r"\b(PRAGMA|BEGIN|COMMIT|ROLLBACK|ON CONFLICT|sqlite_master|json_each|typeof|rowid)\b")
MIGRATIONS = f"{STORE}.migrations"       # of released files, which are SQLite's; never changed


def test_the_store_has_no_circles_of_any_kind() -> None:
    """Nor among imports that wait in a function or are there for a type checker."""
    names, graph = known(), {}
    for name, file in modules("govdesk"):
        if name.startswith(f"{STORE}."):
            found = imports(name, ast.parse(file.read_text(encoding="utf-8")), names, typed=True)
            graph[name] = {i.what for i in found if i.what.startswith(f"{STORE}.")}
    assert len(graph) > 20
    assert_no_circles(graph)


def test_one_module_speaks_sqlite(found: list[Import]) -> None:
    """Whatever else the store is made of would serve another database too."""
    assert [i for i in found if i.what.startswith(SQLITE_MODULES) and i.by != f"{STORE}.sqlite"] == []
    words = {name: spoken for name, file in modules("govdesk") if name.startswith(f"{STORE}.")
             and not name.startswith(MIGRATIONS) and (spoken := _words_of_sqlite(file))}
    assert set(words) == {f"{STORE}.sqlite"}


def _words_of_sqlite(file: Path) -> list[str]:
    texts = (node.value for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [word for text in texts for word in SQLITE_WORDS.findall(text)]


@pytest.mark.parametrize("bad", ["govdesk/form/form.py", "ui/editing/commands.py"])
def test_a_forbidden_import_would_be_seen(bad: str) -> None:
    """The table can fail: a session in the form, a page below the undo stack, Qt in a function of the core."""
    source = "def f():\n from PySide6 import QtCore\n import govdesk.session.session\n from ui.pages import grid_page\n"
    seen = list(imports(bad.removesuffix(".py").replace("/", "."), ast.parse(source), known()))
    assert [i.what for i in seen] == ["PySide6", "govdesk.session.session", "ui.pages.grid_page"]
    assert all(i.late for i in seen)
    assert not allowed("form", "session")
    assert layer("ui.editing.commands") > layer("ui.pages.grid_page")
    assert not fnmatch("govdesk.form.form", OTHERS["PySide6"])


def test_files_stay_short() -> None:
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
               for package in ("govdesk", "ui", "build_scripts") for _, file in modules(package)}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


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
