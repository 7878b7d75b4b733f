"""What every room of the window may use: theme, keys, names on screen, worker threads, debounce."""
