"""The tables: view, model, painting, keys, paste."""
