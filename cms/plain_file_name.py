"""The name of a file that somebody chose, as it may be kept and shown."""

LONGEST = 120


def plain_file_name(name: str) -> str:
    """What the browser said, without a path and anything that is not printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip()
    return kept[:LONGEST] or "list.csv"
