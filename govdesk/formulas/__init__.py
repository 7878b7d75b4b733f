"""Fixed sentences with which a report begins: of which year it is, its period, its parts and its legal base."""
