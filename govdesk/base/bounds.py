"""Holds the limits of everything that is entered or read: years, digits, lengths, sizes. Fields, readers and writers
share them, so that none accepts what another refuses."""

from __future__ import annotations

from typing import Final

YEARS: Final = range(2008, 2101)         # of a report: the Regulation has been in force since 2008
YEARS_IN_WORDS: Final = f"{YEARS.start}～{YEARS.stop - 1}"

# A count beyond this is a slip of the finger; the longest published figure in a real report has nine digits.
MAX_DIGITS: Final = 12
MAX_DECIMALS: Final = 6
# A foreign file is read as it is. A total of such figures has more digits, and is kept as last year's figure.
MAX_FOREIGN_DIGITS: Final = 18
MAX_FOREIGN_DECIMALS: Final = 12
MAX_TOTAL_DIGITS: Final = MAX_FOREIGN_DIGITS + 6  # of up to a million figures

MAX_ORGAN_NAME: Final = 100              # characters of an organ's name; a longer one fits on no seal
MAX_TEXT: Final = 100_000                # characters of one text; the form advises a thousand for a whole part
MAX_NOTE: Final = 500                    # characters of a note or a source of a figure
MAX_REASON: Final = 500                  # characters of a reason; it stands on one line of a list of checks
MAX_LABEL: Final = 40                    # characters of the clerk's own name for a draft
MAX_VERSION_NAME: Final = 60             # characters of a version's name
MAX_ACT_NAME: Final = 200                # characters of an act or a version's name in a file
MAX_FILE_BYTES: Final = 16 * 1024 * 1024  # bytes of an exchange file; the longest real report has 60 kB
DOCUMENT: Final = 64 * 1024 * 1024       # bytes of a file of another program: pictures may make it large
