"""取込み: a file is received, planned, looked at, applied whole, and can be undone."""
