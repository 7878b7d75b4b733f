"""The frame round the pages of one draft: top bar, step rail, status bar."""
