"""The program as a process: start, one window to a folder, crash and log-off, the end."""
