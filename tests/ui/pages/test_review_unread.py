"""The review says which sentences with numbers were not understood, and calls only the others right."""

from __future__ import annotations

from build_scripts.program_window import MainWindow
from govdesk.report.report import Layer
from tests.ui.driver import words
from tests.ui.walking import sample, settle


def test_what_was_not_understood_is_listed_and_not_called_right(window: MainWindow) -> None:
    wizard = sample(window)
    review = wizard.enter("review")
    assert "未读懂" not in words(review) and "✓ 没有发现问题。" in words(review)
    text = wizard.editor.now.report.text("overview.on_request")
    wizard.editor.do(wizard.editor.session.edit("编辑", [
        (Layer.TEXTS, "overview.on_request", f"{text}涉及农村宅基地确权的2件。")]))
    settle()
    said = words(wizard.enter("review"))
    assert "未读懂 1 句含数字的话" in said and "涉及农村宅基地确权的2" in said
    assert "✓ 没有发现问题。" not in said and "读懂的地方没有发现问题" in said
