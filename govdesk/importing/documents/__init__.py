"""Readers of documents that flow: Word, web pages."""
