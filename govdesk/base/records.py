"""Records: named tuples whose definition costs a tenth.

`typing.NamedTuple` compiles a constructor and an annotation a field: 0.12 ms a class, some sixty of which are made at
each start. Here the constructors lie compiled with the module, one for each number of fields, and only get the names.
A type checker sees `typing.NamedTuple`; at run time a record has what we use of it: fields, defaults, `_fields`,
`_replace`, comparison and hash of a tuple, a readable `repr`, matching and copying.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]
from types import FunctionType

TYPE_CHECKING = False                # as type checkers read it; `typing` itself is not worth its import here

_new = tuple.__new__


class _Record(tuple):  # type: ignore[type-arg]
    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def _replace(self, **changed):  # type: ignore[no-untyped-def]
        """The same record with other values in some fields."""
        values = [changed.pop(name, value) for name, value in zip(self._fields, self, strict=True)]
        if changed:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(changed)}")
        return _new(type(self), values)

    def __repr__(self) -> str:
        shown = ", ".join([f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)])
        return f"{type(self).__name__}({shown})"

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)


# One for each number of fields; `_named` puts the real names in.
_CONSTRUCTORS = (
    lambda _cls: _new(_cls, ()),
    lambda _cls, a: _new(_cls, (a,)),
    lambda _cls, a, b: _new(_cls, (a, b)),
    lambda _cls, a, b, c: _new(_cls, (a, b, c)),
    lambda _cls, a, b, c, d: _new(_cls, (a, b, c, d)),
    lambda _cls, a, b, c, d, e: _new(_cls, (a, b, c, d, e)),
    lambda _cls, a, b, c, d, e, f: _new(_cls, (a, b, c, d, e, f)),
    lambda _cls, a, b, c, d, e, f, g: _new(_cls, (a, b, c, d, e, f, g)),
    lambda _cls, a, b, c, d, e, f, g, h: _new(_cls, (a, b, c, d, e, f, g, h)),
    lambda _cls, a, b, c, d, e, f, g, h, i: _new(_cls, (a, b, c, d, e, f, g, h, i)),
    lambda _cls, a, b, c, d, e, f, g, h, i, j: _new(_cls, (a, b, c, d, e, f, g, h, i, j)),
    lambda _cls, a, b, c, d, e, f, g, h, i, j, k: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k)),
    lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
    lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
    lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)),
)


def _named(fields: tuple[str, ...], defaults: tuple[object, ...]) -> FunctionType:
    if len(fields) < len(_CONSTRUCTORS):
        code = _CONSTRUCTORS[len(fields)].__code__
    else:                                                     # as `namedtuple` does it
        names = ", ".join(fields)
        code = eval(f"lambda _cls, {names}: _new(_cls, ({names}))", globals()).__code__
    return FunctionType(code.replace(co_varnames=("_cls", *fields), co_name="__new__"), globals(), "__new__", defaults)


class _Maker(type):
    """Makes of `class X(Record)` a tuple with names. What inherits from X is an ordinary class."""

    def __new__(cls, name: str, bases: tuple[type, ...], content: dict[str, object]) -> type:
        fields = tuple(content.get("__annotations__", ()))  # type: ignore[arg-type, var-annotated]
        defaults = tuple([content[field] for field in fields if field in content])
        if any(field not in content for field in fields[len(fields) - len(defaults):]):
            raise TypeError(f"{name}: a field without a default stands after one with a default")
        parts = {field: _tuplegetter(i, "") for i, field in enumerate(fields)}
        own = content | parts
        own["__new__"], own["_fields"], own["__match_args__"] = _named(fields, defaults), fields, fields
        own.setdefault("__slots__", ())
        return type(name, (_Record,), own)


if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    Record = type.__new__(_Maker, "Record", (), {})

__all__ = ["TYPE_CHECKING", "Record"]
