"""Open data out: one ordered list of columns per data set, and how a cell is written."""
