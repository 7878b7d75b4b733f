"""Verifies a rule of a form file against its kind: its parameters against their types, its messages
against the words that are filled in."""

from __future__ import annotations

from govdesk.checks.registry import KINDS
from govdesk.form.form import Check, Form, require, require_known_words


def examine_check(form: Form, check: Check, path: str) -> None:
    """Raises FormError with the key path of the first thing that is wrong."""
    kind = KINDS[check.kind]
    for key, parameter in kind.parameters.items():
        parameter.shape(check.params[key], f"{path}.{key}")
    for key, words in kind.messages.items():
        value = check.params[key]
        require(isinstance(value, str), f"{path}.{key}", f"must be text, not {value!r}")
        require_known_words(check.word(key), words, f"{path}.{key}")
    for key, parameter in kind.parameters.items():
        parameter.fits(form, check, path, key)
