"""Files of other programs in the window: read, looked at beside what was read, put in, held against the draft."""
