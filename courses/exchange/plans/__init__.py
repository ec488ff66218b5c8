"""What a list would do, row by row, before anything is done."""
