"""How much of a file is read: what is larger is refused before it fills the memory."""

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 5_000
# A workbook is a packed folder: what it says of itself before it is unpacked.
MOST_PARTS = 500
LARGEST_SHEET = 120 * 1024 * 1024
LARGEST_PART = 25 * 1024 * 1024
LARGEST_WHOLE = 250 * 1024 * 1024
# The library makes an object of each mark outside the rows: five million looks of cells fit
# into a file of 10 KB and take minutes.
MOST_MARKS = 100_000
# Of a sheet only one row at a time is held, so no row may be endless.
LARGEST_ROW = 2 * 1024 * 1024
# Among how many rows the heading is looked for.
HEADING_WITHIN = 20
