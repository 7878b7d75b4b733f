"""Nothing of Pillow is used; whatever is asked of it says so."""  # noqa: N999


def __getattr__(name: str) -> object:
    raise AttributeError(f"Pillow is not in this program: {name}")
