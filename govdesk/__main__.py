"""`python -m govdesk`: the same as the command `govdesk`. The window lives in `ui`, which the core never imports; so
the entry point is found by name."""

from importlib import import_module

if __name__ == "__main__":
    import_module("ui.launch").start()
