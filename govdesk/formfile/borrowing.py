"""Completes the file of a form, and those beside it, by what another form's file says: `like` names that form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from govdesk.base.paths import resources_folder
from govdesk.form.form import require
from govdesk.formfile.toml_node import Node, read_toml

BORROWED_FOR_FORMS: Final = ("title", "level", "kind", "section", "grid", "slip", "bare_reason")


def read_like(folder: str, form_id: str) -> dict[str, Any]:
    """The table in the file of another form in a folder of the resources. Raises FormError."""
    return read_toml(resources_folder() / folder / f"{form_id}.toml")


def fill_keys(root: Node, base: dict[str, Any], keys: Collection[str]) -> None:
    """Takes each of the keys that is missing from the other file, whole."""
    for key in keys:
        if key in base:
            root.rest.setdefault(key, base[key])


def fill_checks(root: Node, base: dict[str, Any]) -> None:
    """A rule that names no kind is the rule of the same id there, but for the keys that it gives itself; of a list of
    tables with ids it gives only those that differ, and one with nothing but an id to leave it out."""
    theirs = {check.get("id"): check for check in base.get("check", ()) if isinstance(check, dict)}
    own = root.rest.get("check", [])
    require(isinstance(own, list), "check", "must be a list of tables")
    filled = []
    for i, check in enumerate(own):
        if isinstance(check, dict) and "kind" not in check:
            require(check.get("id") in theirs, f"check[{i}].kind", "is missing, and the form that this one is like has "
                    f"no rule {check.get('id')!r}")
            base_check = theirs[check.get("id")]
            check = {**base_check, **{key: _merged(base_check.get(key), value) for key, value in check.items()}}
        filled.append(check)
    root.rest["check"] = filled


def _merged(base: object, own: object) -> object:
    """Two lists of tables with ids as one, in the order of the first; anything else is as given."""
    if not _has_ids(base) or not _has_ids(own):
        return own
    assert isinstance(base, list) and isinstance(own, list)
    given = {entry["id"]: entry for entry in own}
    merged = [given.pop(entry["id"], entry) for entry in base]
    return [entry for entry in (*merged, *given.values()) if len(entry) > 1]


def _has_ids(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "id" in v for v in value)


def add_entries(root: Node, base: dict[str, Any], key: str, known: Collection[str]) -> None:
    """Adds the entries of a list that speak of a line which this form has too and of which it says nothing itself."""
    own = root.rest.setdefault(key, [])
    require(isinstance(own, list), key, "must be a list of tables")
    spoken = {entry.get("at") for entry in own if isinstance(entry, dict)}
    root.rest[key] = [*own, *(entry for entry in base.get(key, ()) if entry["at"] in known
                              and entry["at"] not in spoken)]
