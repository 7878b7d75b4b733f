"""What a screen reader finds in the program's window: the tree of the accessibility bus, walked from outside."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import xa11y

WAIT_SECONDS = 15
CELLS = {"cell", "column header", "row header", "list item"}     # told by their place in the table or list
MAY_BE_DEEP = 30


class Told(NamedTuple):
    """One thing in sight. `role` in the bus's own words (“push button”), `place`: what the bus calls it by."""

    role: str
    name: str
    value: str
    focusable: bool
    focused: bool
    checked: str | None
    place: tuple[str, str]


def walk(element: xa11y.Element, deep: int = 0) -> Iterator[Told]:
    """All that is shown below an element, and of a table also the cells that are scrolled out."""
    whole = element.raw["atspi_role"] == "table"
    for child in element.children():
        if not child.visible and not whole:
            continue
        raw = child.raw
        yield Told(str(raw["atspi_role"]), child.name or "", child.value or "", child.focusable, child.focused,
                   child.checked, (str(raw["bus_name"]), str(raw["object_path"])))
        if deep < MAY_BE_DEEP:
            yield from walk(child, deep + 1)


def read(app: xa11y.App) -> list[Told]:
    """All that is shown in the program's windows."""
    return [told for window in app.windows() if window.visible for told in walk(window)]


def read_when(app: xa11y.App, is_there: Callable[[list[Told]], bool]) -> list[Told]:
    """What is shown, once it is what one waits for and is changing no more."""
    until, last = time.monotonic() + WAIT_SECONDS, [""]
    while time.monotonic() < until:
        told = read(app)
        said = [f"{one.role} {one.name} {one.value} {one.focused}" for one in told]
        if said == last and is_there(told):
            return told
        last = said
        time.sleep(0.05)
    raise AssertionError(f"still not there: {last}")


class Bus:
    """The accessibility bus, asked for what xa11y does not tell: row and column, and which label a thing has."""

    def __init__(self) -> None:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        with open_dbus_connection() as session:
            asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            address = session.send_and_get_reply(asked, timeout=WAIT_SECONDS).body[0]
        self._line = open_dbus_connection(address)

    def close(self) -> None:
        self._line.close()

    def row_and_column(self, cell: Told) -> tuple[int, int]:
        from jeepney import DBusAddress, Properties

        interface = DBusAddress(cell.place[1], cell.place[0], "org.a11y.atspi.TableCell")
        reply = self._line.send_and_get_reply(Properties(interface).get("Position"), timeout=WAIT_SECONDS)
        row, column = reply.body[0][1]
        return row, column

    def labels(self, one: Told) -> list[str]:
        """The names of what is said to be its label."""
        from jeepney import DBusAddress, Properties, new_method_call

        def ask(message: object) -> object:
            return self._line.send_and_get_reply(message, timeout=WAIT_SECONDS).body[0]       # type: ignore[arg-type]

        bus, path = one.place
        relations = ask(new_method_call(DBusAddress(path, bus, "org.a11y.atspi.Accessible"), "GetRelationSet"))
        names = []
        for kind, targets in relations:      # type: ignore[attr-defined]
            if kind == LABELLED_BY:
                for owner, target in targets:
                    there = DBusAddress(target, owner, "org.a11y.atspi.Accessible")
                    names.append(ask(Properties(there).get("Name"))[1])          # type: ignore[index]
        return names


LABELLED_BY = 2                              # AtspiRelationType
