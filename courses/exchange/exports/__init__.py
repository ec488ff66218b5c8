"""What goes out as a list: which columns, which rows, read piece by piece."""
