"""Replaces Windows' asynchronous sockets: the real module makes a socket when it is imported, and asyncio, which
SQLAlchemy imports, imports it. No event loop runs in the program, and it is to make no socket (decision 0006)."""
