"""Where the boxes for the postcode stand on a Japanese postcard, 100 × 148 mm.

Source: 日本郵便, 私製はがきの郵便番号記載枠: boxes of 5.7 × 8 mm, 12 mm from the upper and
8 mm from the right edge; three with a pitch of 7 mm, four with one of 6.8 mm, 1.9 mm
between the third and the fourth.
"""

WIDTH, HEIGHT = 100.0, 148.0
BOX_WIDTH, BOX_HEIGHT = 5.7, 8.0
TOP, RIGHT = 12.0, 8.0
FIRST_PITCH, LAST_PITCH = 7.0, 6.8
FIRST, LAST = 3, 4
GAP = 1.9


def postcode_lefts() -> list[float]:
    """The left edge of each of the seven boxes, in mm, from the left of the card."""
    last = WIDTH - RIGHT - BOX_WIDTH
    four = [last - LAST_PITCH * number for number in reversed(range(LAST))]
    third = four[0] - GAP - BOX_WIDTH
    three = [third - FIRST_PITCH * number for number in reversed(range(FIRST))]
    return [round(left, 1) for left in (*three, *four)]
