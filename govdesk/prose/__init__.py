"""What the texts of a report say in numbers: words with roles, clauses, and a small grammar over them."""
