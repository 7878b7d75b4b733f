"""Makes the README's pictures anew, of the real window and a page of the PDF: python3 dev.py shots [FOLDER]

With them go two film strips at 1366×768, at 125 and 150 %, dark and in high contrast: the whole job (film-…) and what
guards the work (safety-…). All frames on one sheet, FOLDER/film-….png, and each by itself. Look at them after a change
of the face. Needs no display: Qt paints the same widgets offscreen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from decimal import Decimal

from PySide6.QtCore import QSize

from build_scripts import film_safety
from build_scripts.film import FILMS, make_contact_sheet, make_film, wait_painted
from build_scripts.program_window import MainWindow
from govdesk import cli, settings
from govdesk.base import paths
from govdesk.export.formats import export_document
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose
from govdesk.report.report import Layer
from govdesk.session.session import take_snapshot
from govdesk.store.drafts import open_store
from ui.app.qt_application import application

FIELD = Address("requests", "disclosed", "natural_person")


def shoot_window(target: Path, folder: Path, *, theme: str, size: QSize, page: str) -> None:
    """The wizard on the sample with one figure off, so that the cross-check shows what it is for."""
    application(theme)
    window = MainWindow(open_store(folder), settings.Settings())
    window.resize(size)
    window.show()
    window.adopt(cli.sample_report())
    wizard = window.wizard
    assert wizard is not None
    if page == "requests":
        wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, FIELD, Decimal(0))]))
        wizard.go_to(FIELD)
    elif page == "home":
        window.show_home()
        window.home.show_folder("文档\\政府信息公开年报")     # not the folder of this run
    else:
        wizard.enter(page)
    wait_painted(600)
    window.grab().save(str(target))
    window.close()


def shoot_pages(folder: Path, working: Path) -> None:
    """Every page of the sample's PDF as PNG, page-1.png and on."""
    import pypdfium2

    report = cli.sample_report()
    pdf = working / "sample.pdf"
    export_document(compose(take_snapshot(form_reader.load_form(report.form_id), report)), pdf, "pdf",
                    paths.resources_folder() / "fonts")
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        picture = document[number].render(scale=1.25).to_pil()
        framed = picture.convert("RGB")
        framed.save(folder / f"page-{number + 1}.png", optimize=True)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    full = QSize(1366, 768)
    with tempfile.TemporaryDirectory() as working:
        for name, theme, size, page in (("window", "light", full, "requests"), ("home", "light", full, "home"),
                                        ("review", "light", full, "review"), ("dark", "dark", full, "requests"),
                                        ("small", "light", QSize(1093, 614), "requests")):
            shoot_window(folder / f"{name}.png", Path(working) / name, theme=theme, size=size, page=page)
        shoot_pages(folder, Path(working))
        for name, theme, size in FILMS:
            make_contact_sheet(make_film(folder / name, Path(working) / name, theme, size), folder / f"{name}.png")
            name = name.replace("film", "safety")
            make_contact_sheet(film_safety.make_film(folder / name, Path(working) / name, theme, size),
                               folder / f"{name}.png")
    print(f"Pictures are in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
