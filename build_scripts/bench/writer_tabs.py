"""Counts the Tabs that LibreOffice Writer's cursor takes through a table of the form, from its first figure to its
last.

Two parts: `tabs_of`, for our Python, starts this file with the Python that LibreOffice's bridge (`uno`) belongs to.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PIPE_NAME = "govdesk-writer-tabs"
MAX_TABS = 2000                              # Tabs after which the end is not found


def tabs_of(grid) -> int:
    """The table as our own copy of it opens in Writer, every figure with a number of its own."""
    from govdesk.paste import clipboard_out

    page = clipboard_out.copy_whole_grid(grid, {cell: f"#{i}#" for i, cell in enumerate(grid.addresses)})[1]
    with tempfile.TemporaryDirectory(prefix="govdesk-writer-") as folder:
        file = Path(folder, "table.html")
        file.write_text(page, encoding="utf-8")
        office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo",
                                   f"--accept=pipe,name={PIPE_NAME};urp;",
                                   f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"])
        try:
            words = ["/usr/bin/python3", __file__, file.as_uri(), "#0#", f"#{len(grid.addresses) - 1}#"]
            counted = subprocess.run(words, check=True, capture_output=True, text=True, timeout=240).stdout
        finally:
            office.terminate()
            office.wait()
    return int(counted)


def main(url: str, first: str, last: str) -> int:
    import uno
    from com.sun.star.beans import PropertyValue

    context = _office(uno)
    make = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(url, "_blank", 0, (PropertyValue("FilterName", 0, "HTML (StarWriter)", 0),))
    dispatcher, frame = make("com.sun.star.frame.DispatchHelper", context), document.CurrentController.Frame
    cursor = document.CurrentController.ViewCursor
    table = document.TextTables.getByIndex(0)
    cells = [table.getCellByName(name) for name in table.CellNames]
    cursor.gotoRange(next(cell for cell in cells if cell.String.strip("'\n ") == first).Start, False)
    tabs = 0
    while cursor.Cell.String.strip("'\n ") != last and tabs < MAX_TABS:
        dispatcher.executeDispatch(frame, ".uno:JumpToNextCell", "", 0, ())
        tabs += 1
    document.close(True)
    print(tabs)
    return 0 if tabs < MAX_TABS else 1


def _office(uno):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(200):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE_NAME};urp;StarOffice.ComponentContext")
        except Exception:                    # not yet up; the bridge has no finer word for it
            time.sleep(0.5)
    raise RuntimeError("LibreOffice has not come up")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
