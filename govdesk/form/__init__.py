"""Defines the form as frozen records: grids, texts, rules, the plan of a grid on screen and paper, deadlines."""
