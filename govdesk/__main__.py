"""`python -m govdesk`: the same as the command `govdesk`. The window lives in `ui`, which the core never imports; so
the entry point is found by name."""

import sys
from importlib import import_module

if __name__ == "__main__":
    try:
        import_module("ui.launch").start()
    except KeyboardInterrupt:                # Ctrl+C before anything was begun
        sys.exit(130)
