"""A record is what `typing.NamedTuple` would have made of it, as far as the program uses it."""

from __future__ import annotations

import copy
import pickle
from functools import cached_property
from typing import NamedTuple

import pytest

from govdesk.base.records import Record


class Point(Record):
    """A place."""

    x: float
    y: float = 0.0
    name: str = ""

    @property
    def far(self) -> float:
        return abs(self.x) + abs(self.y)


class Model(NamedTuple):
    x: float
    y: float = 0.0
    name: str = ""


class Marked(Point):
    @cached_property
    def mark(self) -> str:
        return self.name or "?"


def test_it_is_made_compared_and_taken_apart_like_a_named_tuple() -> None:
    assert Point(1.0) == Model(1.0) == (1.0, 0.0, "")
    assert Point(1.0, name="a") == Model(1.0, name="a") != Point(1.0)
    assert hash(Point(1.0)) == hash(Model(1.0))
    x, y, name = Point(1.0, 2.0, "a")
    assert (x, y, name) == (1.0, 2.0, "a")
    assert Point(1.0, -2.0).far == 3.0
    assert Point._fields == Model._fields
    assert Point.__doc__ == "A place."


def test_it_shows_its_fields() -> None:
    assert repr(Point(1.0, name="a")) == "Point(x=1.0, y=0.0, name='a')"


def test_a_field_is_replaced_and_an_unknown_one_refused() -> None:
    assert Point(1.0)._replace(y=3.0) == Point(1.0, 3.0)
    with pytest.raises(ValueError, match="z"):
        Point(1.0)._replace(z=1)  # type: ignore[call-arg]


def test_it_is_never_changed() -> None:
    with pytest.raises(AttributeError):
        Point(1.0).x = 2.0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Point(1.0).other = 2.0  # type: ignore[attr-defined]


def test_arguments_that_lack_or_do_not_belong_are_refused() -> None:
    with pytest.raises(TypeError, match="'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'z'"):
        Point(1.0, z=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1.0, 2.0, "a", "b")  # type: ignore[call-arg]


def test_a_default_before_a_field_without_is_refused() -> None:
    with pytest.raises(TypeError, match="Wrong"):
        type(Record)("Wrong", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})


def test_matching_copying_and_pickling() -> None:
    match Point(1.0, 2.0, "a"):
        case Point(x, _, name):
            assert (x, name) == (1.0, "a")
        case _:
            pytest.fail("no match")
    for again in (copy.copy(Point(1.0)), copy.deepcopy(Point(1.0)), pickle.loads(pickle.dumps(Point(1.0)))):
        assert again == Point(1.0)
        assert type(again) is Point


def test_what_inherits_keeps_its_kind_and_may_remember() -> None:
    marked = Marked(1.0, name="a")
    assert marked.mark == "a"
    assert marked.__dict__ == {"mark": "a"}
    assert type(marked._replace(name="b")) is Marked


def test_one_of_many_fields() -> None:
    wide = type(Record)("Wide", (), {"__annotations__": {f"f{i}": "int" for i in range(40)}, "f39": 39})
    assert wide(*range(39)) == tuple(range(40))
    assert wide(*range(39)).f17 == 17
