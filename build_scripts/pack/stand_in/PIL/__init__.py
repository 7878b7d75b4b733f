"""In the place of Pillow, which reportlab imports for pictures: our reports have none (decision 0006)."""  # noqa: N999
