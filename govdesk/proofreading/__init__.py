"""Reads a text as a proof-reader does: blanks, marks, personal numbers and pasted pieces. It knows no form and no
figure; a place in a text is its start and its end."""
