"""Prose as an editor would write it down, turned into the blocks of a page's body.

A blank line ends a paragraph. `## ` begins a heading, `- ` a point of a list, `1. ` a
step, `Q. ` a question whose answer follows on a line beginning with `A. `, `> ` somebody's
words with `— ` before who said them. `@courses stage=growth&open=1 | 3 | 見出し` lists
courses; `@apply slug | words` and `@people code code` name rows that the caller looks up.
"""

import re
from html import escape
from itertools import groupby
from typing import Any

STEP = re.compile(r"^\d+\. ")
Block = tuple[str, Any]


def blocks_of(text: str) -> list[Block]:
    """(kind, value) pairs; neighbouring paragraphs and lists become one text block."""
    found: list[Block] = []
    for part in text.strip().split("\n\n"):
        for kind, lines in groupby(part.strip().splitlines(), key=_kind_of):
            _append(found, kind, list(lines))
    return found


def _kind_of(line: str) -> str:
    if line.startswith("## "):
        return "heading"
    if line.startswith(("Q. ", "A. ")):
        return "question"
    if line.startswith(("> ", "— ")):
        return "quotation"
    if line.startswith("@"):
        return line[1:].split(maxsplit=1)[0]
    if STEP.match(line):
        return "steps"
    return "list" if line.startswith("- ") else "text"


def _append(found: list[Block], kind: str, lines: list[str]) -> None:
    if kind == "heading":
        found.append(("heading", lines[0][3:]))
    elif kind == "steps":
        found.append(("steps", {"steps": [STEP.sub("", line) for line in lines]}))
    elif kind == "question":
        question, answer = lines[0][3:], f"<p>{_inline(lines[1][3:])}</p>"
        found.append(("question", {"question": question, "answer": answer}))
    elif kind == "quotation":
        found.append(("quotation", {"words": lines[0][2:], "who": lines[1][2:]}))
    elif kind in NAMED:
        found.append((kind, NAMED[kind](lines[0].split(maxsplit=1)[1])))
    else:
        _append_html(found, _html(kind, lines))


def _courses(text: str) -> dict[str, Any]:
    query, most, heading = (part.strip() for part in text.split("|"))
    return {"address": f"/courses/?{query}", "most": int(most), "heading": heading}


def _apply(text: str) -> dict[str, Any]:
    slug, _, words = (part.strip() for part in text.partition("|"))
    return {"course": slug, "words": words}


NAMED = {
    "courses": _courses,
    "apply": _apply,
    "people": lambda text: {"people": text.split()},
}


def _html(kind: str, lines: list[str]) -> str:
    if kind == "list":
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    return "".join(f"<p>{_inline(line)}</p>" for line in lines)


def _append_html(found: list[Block], html: str) -> None:
    if found and found[-1][0] == "paragraph":
        found[-1] = ("paragraph", found[-1][1] + html)
    else:
        found.append(("paragraph", html))


def _inline(text: str) -> str:
    """`**strong**` is the one mark inside a line."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))
