"""What the cells of a table look like: their signs, labels and figures."""
