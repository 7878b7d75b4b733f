"""Tables, statements and rows; the history of a draft in SQL. Nothing else speaks SQL."""
