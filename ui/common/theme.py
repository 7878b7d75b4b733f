"""Colours, measures and the style sheet: one light and one dark set, from the drawings' table."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from govdesk.base.paths import resources_folder

FONT_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC")


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour per role, as #rrggbb."""

    ground: str
    card: str
    line: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_ground: str
    on_accent: str
    agreed: str
    agreed_ground: str
    agreed_line: str
    off: str
    off_frame: str
    off_ground: str
    total_ground: str
    head_ground: str
    hatch: str
    page_ground: str
    zero: str                                # of a figure 0: 4.5 : 1 on a card
    edge: str                                # of a button; fields have `faint`
    dark: bool = False

    def __getitem__(self, role: str) -> QColor:
        return QColor(getattr(self, role))


LIGHT = Colours("#f4f6f9", "#ffffff", "#dfe4ec", "#1c2430", "#5b6778", "#7a8698", "#1d5fbf", "#eaf1fb", "#ffffff",
                "#1f7a45", "#f1f9f4", "#b9dcc7", "#a5430a", "#cf6c1c", "#fff1e4", "#eef2f8", "#f6f8fb", "#e3e7ee",
                "#e1e6ee", "#6b7686", "#c3cbd8")
DARK = Colours("#15191f", "#1d232b", "#323b47", "#e6eaf0", "#a3afbf", "#76839a", "#6ea4f0", "#1e2f48", "#0e1621",
               "#63c28a", "#17301f", "#2d5a3d", "#f0a267", "#c97a36", "#3a2616", "#232c38", "#20272f", "#39434f",
               "#0e1116", "#8290a6", "#4a5666", True)

# For a clerk who wants it while the system knows no such mode: white and yellow on black.
CONTRAST = Colours("#000000", "#000000", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffff00", "#1a1a00", "#000000",
                   "#7dff9b", "#000000", "#7dff9b", "#ffb366", "#ffb366", "#331a00", "#262626", "#1a1a1a", "#8c8c8c",
                   "#1a1a1a", "#cccccc", "#ffffff", True)

_current: list[Colours] = [LIGHT]


def current_colours() -> Colours:
    """The set in force; read when painting, so a change of theme shows at once."""
    return _current[0]


def system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def find_font_family() -> str:
    """The first face of the list that is installed, else the bundled 黑体, so Chinese shows on a bare machine."""
    installed = set(QFontDatabase.families())
    for name in FONT_FAMILIES:
        if name in installed:
            return name
    loaded = QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / "GwHei.ttf"))
    names = QFontDatabase.applicationFontFamilies(loaded) if loaded >= 0 else []
    return names[0] if names else QApplication.font().family()


def apply_theme(app: QApplication, wish: str = "system") -> None:
    """Set font, palette and style sheet. `wish`: "system", "light", "dark" or "contrast". Where the system asks for
    high contrast its own palette wins; where the clerk asks for it and the system does not, ours is black."""
    font = QFont()
    font.setFamilies([find_font_family(), *FONT_FAMILIES, "GW Hei", "GW Song"])
    # 14 px at 96 dpi; in points it would follow a screen's physical dpi on X, which nobody sets right
    font.setPixelSize(14)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    app.setFont(font)
    _current[0] = _chosen(app, wish)
    app.setPalette(_palette(current_colours()))
    app.setStyleSheet(style_sheet(current_colours()))


def _chosen(app: QApplication, wish: str) -> Colours:
    if is_high_contrast():
        app.setPalette(QPalette())           # the system's, whatever was set before
        return colours_from_palette(app.palette())
    if wish == "contrast":
        return CONTRAST
    dark = system_is_dark() if wish == "system" else wish == "dark"
    return DARK if dark else LIGHT


def colours_from_palette(palette: QPalette) -> Colours:
    """A set made of nothing but the palette's own pairs: ground and text, highlight and its text. What another set
    tells apart by a tint is told here by frames and marks alone."""
    role = QPalette.ColorRole
    ground, text, accent, on_accent = (palette.color(which).name() for which in (
        role.Window, role.WindowText, role.Highlight, role.HighlightedText))
    if contrast_ratio(accent, ground) < 4.5:  # a highlight that is no colour for text on this ground
        accent, on_accent = text, ground
    dark = palette.color(role.Window).lightness() < 128
    return Colours(ground=ground, card=ground, line=text, text=text, quiet=text, faint=text, accent=accent,
                   accent_ground=ground, on_accent=on_accent, agreed=text, agreed_ground=ground, agreed_line=text,
                   off=text, off_frame=accent, off_ground=ground, total_ground=ground, head_ground=ground, hatch=text,
                   page_ground=ground, zero=text, edge=text, dark=dark)


def _disabled_edge(c: Colours) -> str:
    """Where no fainter ink tells that a button does nothing now, its frame does."""
    return "dashed" if c.faint == c.text else "solid"


def _disabled_flat(c: Colours) -> str:
    """A button without a frame has one there, in the room of its padding."""
    return f"border: 1px dashed {c.line}; padding: 4px 7px;" if _disabled_edge(c) == "dashed" else ""


def contrast_ratio(one: str, other: str) -> float:
    """The ratio of two colours (#rrggbb) as WCAG 2 reckons it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_high_contrast() -> bool:
    """Whether the system asks for high contrast: by what it tells Qt, or by Windows' own mode."""
    hints = QGuiApplication.styleHints()
    if hasattr(hints, "accessibility") and (          # since Qt 6.10
            hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast):
        return True
    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = [("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p)]

    state = HighContrast(ctypes.sizeof(HighContrast), 0, None)
    asked = ctypes.windll.user32.SystemParametersInfoW(0x42, state.size, ctypes.byref(state), 0)
    return bool(asked and state.flags & 1)


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in ((role.Window, c.ground), (role.Base, c.card), (role.AlternateBase, c.head_ground),
                          (role.Text, c.text), (role.WindowText, c.text), (role.ButtonText, c.text),
                          (role.Button, c.card), (role.Highlight, c.accent), (role.HighlightedText, c.on_accent),
                          (role.PlaceholderText, c.quiet), (role.ToolTipBase, c.card), (role.ToolTipText, c.text),
                          (role.Mid, c.line), (role.Link, c.accent), (role.Accent, c.accent)):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.faint))
    return palette


def style_sheet(c: Colours) -> str:
    """The whole program's look; widgets name their part by objectName or the property `role`."""
    return f"""
* {{ outline: none; }}
QWidget {{ color: {c.text}; }}
QMainWindow, QWidget[role="ground"] {{ background: {c.ground}; }}
QWidget[role="preview"] {{ background: {c.page_ground}; border-radius: 6px; }}
QWidget[role="card"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 6px; }}
QFrame[role="bubble"] {{ background: {c.card}; border: 1px solid {c.faint}; border-radius: 6px; }}
QFrame[role="side"] {{ background: transparent; border: 1px solid {c.line}; border-radius: 4px; }}
QFrame[role="side-chosen"] {{ background: {c.accent_ground}; border: 1px solid {c.accent}; border-radius: 4px; }}
QFrame[role="ready"], QFrame[role="unready"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 6px; }}
QFrame[role="ready"] {{ border-left: 4px solid {c.agreed}; }}
QFrame[role="unready"] {{ border-left: 4px solid {c.off_frame}; }}
QLabel[role="mark-error"] {{ background: {c.off}; color: {c.card}; border-radius: 3px; font-size: 13px; }}
QLabel[role="mark-warning"] {{ border: 1px solid {c.accent}; color: {c.accent}; border-radius: 10px; font-size: 12px; }}
QLabel[role="mark-hint"] {{ border: 1px solid {c.faint}; color: {c.quiet}; border-radius: 10px; font-size: 12px; }}
QWidget[role="bar"] {{ background: {c.card}; border: none; border-bottom: 1px solid {c.line}; }}
QWidget[role="status"] {{ background: {c.card}; border: none; border-top: 1px solid {c.line}; }}
QWidget[role="rail"] {{ background: {c.card}; border: none; border-right: 1px solid {c.line}; }}
QWidget[role="notice"] {{ background: {c.off_ground}; border: none; border-top: 1px solid {c.off_frame}; }}
QLabel[role="notice"] {{ background: transparent; border: none; color: {c.text}; font-size: 13px; }}
QFrame[role="dot"] {{ background: {c.off_frame}; border: 1px solid {c.card}; border-radius: 4px; }}
QFrame[role="hair"] {{ background: {c.line}; border: none; }}
QLabel {{ background: transparent; border: none; }}
QLabel[linked="true"]:focus {{ border: 1px solid {c.accent}; border-radius: 4px; }}
QLabel[role="title"] {{ font-size: 18px; }}
QLabel[role="heading"] {{ font-size: 16px; }}
QLabel[role="quiet"] {{ color: {c.quiet}; font-size: 13px; }}
QLabel[role="faint"] {{ color: {c.quiet}; font-size: 13px; }}
QLabel[role="note"] {{ font-size: 13px; }}
QLabel[role="off"] {{ color: {c.off}; font-size: 13px; }}
QLabel[role="agreed"] {{ color: {c.agreed}; font-size: 13px; }}
QLabel[role^="chip"] {{ border: 1px solid {c.line}; border-radius: 4px; padding: 3px 10px; font-size: 12px;
    background: {c.head_ground}; color: {c.quiet}; }}
QLabel[role="chip-off"] {{ border-color: {c.off_frame}; background: {c.off_ground}; color: {c.off}; }}
QLabel[role="chip-agreed"] {{ border-color: {c.agreed_line}; background: {c.agreed_ground}; color: {c.agreed}; }}
QHeaderView[role="list"] {{ background: {c.card}; border: none; }}
QHeaderView[role="list"]::section {{ background: {c.card}; color: {c.quiet}; border: none;
    border-bottom: 1px solid {c.line}; padding: 0 6px; font-size: 13px; }}
QHeaderView[role="list"]::section:first {{ padding-left: 14px; }}
QPushButton {{ background: {c.card}; border: 1px solid {c.edge}; border-radius: 4px; padding: 5px 12px; }}
QPushButton:hover {{ border-color: {c.accent}; color: {c.accent}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 4px 11px; }}
QPushButton:checked {{ background: {c.accent_ground}; border-color: {c.accent}; color: {c.accent}; }}
QPushButton:pressed {{ background: {c.accent_ground}; }}
QPushButton:disabled {{ color: {c.faint}; background: {c.head_ground}; border-color: {c.line};
    border-style: {_disabled_edge(c)}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
QPushButton[role="primary"]:hover {{ color: {c.on_accent}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{ background: {c.head_ground}; color: {c.faint}; border-color: {c.line}; }}
QPushButton[role="low"] {{ padding: 2px 12px; }}
QPushButton[role="low"]:focus {{ padding: 1px 11px; }}
QPushButton[role="more"] {{ padding: 5px 2px; }}
QPushButton[role="more"]:focus {{ padding: 4px 1px; }}
QPushButton[role="flat"] {{ background: transparent; border: none; padding: 5px 8px; }}
QPushButton[role="flat"]:disabled {{ background: transparent; {_disabled_flat(c)} }}
QPushButton[role="flat"]:hover {{ color: {c.accent}; }}
QPushButton[role="flat"]:focus {{ border: 2px solid {c.accent}; padding: 3px 6px; }}
QPushButton[role="fold"] {{ background: transparent; border: none; text-align: left; padding: 2px; font-size: 14px; }}
QPushButton[role="fold"]:focus {{ border: 2px solid {c.accent}; padding: 0; }}
QPushButton[role="answer"] {{ text-align: left; padding: 5px 8px; }}
QPushButton[role^="head"] {{ background: transparent; border: none; text-align: left; padding: 2px; font-weight: 600; }}
QPushButton[role^="head"]:focus {{ border: 1px solid {c.accent}; padding: 1px; border-radius: 4px; }}
QPushButton[role="head-off"] {{ color: {c.off}; }}
QPushButton[role="head-asked"] {{ color: {c.accent}; }}
QPushButton[role="head-hint"] {{ color: {c.quiet}; }}
QLabel[role="figure"] {{ font-weight: 600; }}
QPushButton[role="answer"]:focus {{ padding: 4px 7px; }}
QPushButton[role="link"] {{ background: transparent; border: none; color: {c.accent}; padding: 2px; text-align: left; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border: 1px solid {c.accent}; padding: 1px; border-radius: 4px; }}
QPushButton[role^="balance"] {{ background: transparent; border: none; padding: 2px 4px; font-size: 13px; }}
QPushButton[role="balance-pending"] {{ color: {c.quiet}; }}
QPushButton[role="balance-agreed"] {{ color: {c.agreed}; }}
QPushButton[role="balance-off"] {{ color: {c.off}; }}
QPushButton[role="balance-asked"] {{ color: {c.accent}; }}
QPushButton[role^="balance"]:focus {{ border: 1px solid {c.accent}; padding: 1px 3px; border-radius: 4px; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {c.quiet}; border-radius: 8px;
    background: {c.card}; }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 4px solid {c.accent}; }}
QRadioButton {{ border: 2px solid transparent; border-radius: 4px; }}
QRadioButton:focus {{ border-color: {c.accent}; }}
QRadioButton::indicator:disabled {{ border-color: {c.line}; }}
QRadioButton:disabled {{ color: {c.quiet}; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit {{
    background: {c.card}; border: 1px solid {c.faint}; border-radius: 4px; padding: 5px 8px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus {{
    border: 2px solid {c.accent}; padding: 4px 7px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {c.off_frame}; background: {c.off_ground}; padding: 4px 7px; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {c.card}; border: 1px solid {c.line};
    selection-background-color: {c.accent_ground}; selection-color: {c.text}; }}
QComboBox QAbstractItemView::item {{ min-height: 30px; padding-left: 6px; }}
QListView, QListWidget, QTreeView {{ selection-background-color: {c.accent_ground}; selection-color: {c.text}; }}
QListWidget::item {{ padding: 8px; border-radius: 4px; }}
QListWidget::item:selected {{ background: {c.accent_ground}; color: {c.text};
    border-left: 3px solid {c.accent}; padding-left: 5px; border-radius: 0; }}
QListWidget::item:selected:focus {{ border: 1px solid {c.accent}; border-left-width: 3px; padding: 7px 7px 7px 5px; }}
QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QScrollArea, QAbstractScrollArea {{ border: none; }}
QAbstractItemView[role="popup"], QPlainTextEdit[role="reason"]:!focus {{
    background: {c.card}; border: 1px solid {c.faint}; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QMenu {{ background: {c.card}; border: 1px solid {c.edge}; border-radius: 6px; padding: 4px; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QMenu::item {{ padding: 6px 20px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.accent_ground}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 4px; min-height: 32px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 4px; min-width: 32px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
