"""The preview of the printed pages, and printing."""
