"""全国地方公共団体コード: six digits, of which the last checks the others.

Source: 総務省 全国地方公共団体コード仕様. The five digits are weighted 6, 5, 4, 3, 2; the
sum modulo 11 is taken from 11, and the last digit of that is the check digit.
"""

WEIGHTS = (6, 5, 4, 3, 2)
LENGTH = 6


def check_digit(first_five: str) -> str:
    """132039 ends in 9 because of 13203."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_five, WEIGHTS, strict=True)
    )
    return str((11 - total % 11) % 10)


def is_municipality_code(code: str) -> bool:
    """Whether the six digits fit together; not whether there is such a city."""
    digits = len(code) == LENGTH and code.isascii() and code.isdigit()
    return digits and check_digit(code[:-1]) == code[-1]
