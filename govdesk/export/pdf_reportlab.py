"""reportlab's canvas without what its modules import and we never use: that would be a quarter of a cold export.

`reportlab.lib.utils` alone brings in Pillow, an evaluator of expressions, temporary folders and HTTP; the canvas brings
fonts, colours and a document of its own. While it is imported, stand-ins lie in their place; their functions are the
real ones as soon as they are called. What is left is the canvas as a place to draw on: no colours, no text objects.
"""

from __future__ import annotations

import _thread
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from govdesk.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

UNUSED = (
    "PIL", "PIL.Image", "ast", "base64", "glob", "hashlib", "inspect", "pickle", "platform", "string", "tempfile",
    "textwrap", "urllib.parse", "reportlab.lib.boxstuff", "reportlab.lib.colors", "reportlab.lib.rl_accel",
    "reportlab.lib.rl_safe_eval", "reportlab.lib.rltempfile", "reportlab.lib.utils", "reportlab.pdfbase.pdfdoc",
    "reportlab.pdfbase.pdfmetrics", "reportlab.pdfbase.ttfonts", "reportlab.pdfgen.pathobject", "reportlab.rl_config",
)
ABSENT = ("reportlab.local_rl_mods", "reportlab_mods", "rlbidi")     # asked for, and nowhere on a clerk's machine


class StandIn(ModuleType):
    """A module that is only promised: what is asked of it during the import is a function that looks itself up."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.is_promise = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if not self.is_promise:
            return getattr(importlib.import_module(self.__name__), name)

        def promised(*arguments: Any, **options: Any) -> Any:
            return getattr(self, name)(*arguments, **options)

        return promised


@contextmanager
def stand_ins() -> Iterator[None]:
    """Inside, modules that are not loaded yet are promised; afterwards nobody else meets a stand-in. Nothing is done
    where another thread could meet one."""
    alone = not _thread._count()                              # that of `threading`, without its import
    placed = {name: StandIn(name) for name in UNUSED if alone and name not in sys.modules}
    absent = [name for name in ABSENT if alone and name not in sys.modules]
    sys.modules.update(placed)
    sys.modules.update(dict.fromkeys(absent))                 # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in placed.items():
            module.is_promise = False
            if sys.modules.get(name) is module:
                del sys.modules[name]
        for name in absent:
            del sys.modules[name]


with stand_ins():
    from reportlab.pdfgen.canvas import Canvas

__all__ = ["Canvas"]
