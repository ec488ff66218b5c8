"""Columns of lists that go in and out: how each is headed, read and written."""
