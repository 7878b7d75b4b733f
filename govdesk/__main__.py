"""Runs the command `govdesk` as `python -m govdesk`; the entry point is found by name, because the core
never imports `ui`."""

import sys
from importlib import import_module

if __name__ == "__main__":
    try:
        import_module("ui.launch").start()
    except KeyboardInterrupt:                # Ctrl+C before anything was begun
        sys.exit(130)
