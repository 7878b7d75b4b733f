"""In the place of Windows' asynchronous sockets: the real one makes a socket as soon as it is imported, and asyncio,
which SQLAlchemy imports, imports it. No event loop runs in the program, and it is to make no socket (decision 0006)."""
