"""A mail's template: its first line is the subject, and lines left out leave no holes."""

import re

HOLES = re.compile(r"\n[ \t]*(\n[ \t]*)+\n")


def subject_and_body(text: str) -> tuple[str, str]:
    subject, _newline, body = text.strip().partition("\n")
    return subject, HOLES.sub("\n\n", body.strip()) + "\n"
