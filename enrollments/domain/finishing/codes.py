"""A code that was read from paper is found however it is typed: in small letters, with
spaces or hyphens, in wide signs, and with signs that look like those on the paper."""

import unicodedata

from enrollments.models.certificate import CODE_LENGTH, CODE_SIGNS

# What stands in no code, and what it was meant to be.
LOOK_ALIKES = str.maketrans("OQILBSZU", "0011852V")
BETWEEN = frozenset(" -‐‑‒–—―−ーｰ_.・")
MOST_TYPED = 60


def code_typed(typed: str) -> str:
    """The code as it is stored; empty for what cannot be one."""
    if len(typed) > MOST_TYPED:
        return ""
    wide = unicodedata.normalize("NFKC", typed).upper()
    bare = "".join(sign for sign in wide if sign not in BETWEEN and not sign.isspace())
    code = bare.translate(LOOK_ALIKES)
    known = len(code) == CODE_LENGTH and all(sign in CODE_SIGNS for sign in code)
    return code if known else ""
