"""The command's entry point: a window, or govdesk.cli without Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from govdesk import cli


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code."""
    _readable_output()
    given = list(sys.argv[1:] if argv is None else argv)
    document = given[0] if len(given) == 1 and given[0].endswith(".govdesk") else None   # a double-clicked file
    arguments = cli.parser().parse_args([] if document else given)
    if arguments.command:
        return cli.run(arguments)
    from ui import app

    return app.self_test(arguments.self_test) if arguments.self_test else app.run(document)


def _readable_output() -> None:
    """Chinese on a console of any encoding: what it cannot show becomes an escape, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    raise SystemExit(main())
