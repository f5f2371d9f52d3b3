"""The blocks that a page body is made of; one module per purpose, put together in body.py."""
