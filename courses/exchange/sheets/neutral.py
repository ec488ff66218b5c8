"""A text that a spreadsheet would take for a formula gets an apostrophe in front; reading
takes exactly that one away again, so that what comes back is what went out.

Source of the list: OWASP, CSV Injection; the wide signs because Japanese Excel takes
them for the narrow ones.
"""

import re

MARK = "'"
# The signs that begin a formula, also wide, small and as a mathematical minus.
SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
# Spaces before the sign are passed over by some programs; so are our own apostrophes,
# so that a text that begins with one is told from a text that got one.
BEGINS = re.compile(rf"'*(?:\s*[{SIGNS}]|[\t\r\n])")


def neutral(text: str) -> str:
    return MARK + text if BEGINS.match(text) else text


def as_it_was(text: str) -> str:
    """For every text: as_it_was(neutral(text)) == text."""
    inner = text[1:]
    return inner if text.startswith(MARK) and BEGINS.match(inner) else text
