"""Facts become a PDF: tagged for screen readers (PDF/UA-1), with its fonts inside, the same
bytes for the same facts and the same moment, and without any connection to the network."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.exchange.paper.brand import brand
from accounts.exchange.paper.printable import Fact, printable

TYPESETTER = Path(__file__).with_name("typesetter.py")
SECONDS = 20
MEMORY = 300 * 1024 * 1024
STANDARDS = ["ua-1"]


class NotTypeset(Refusal):
    sentence = _(
        "印刷するファイルを作れませんでした。人数や回をしぼって、もう一度お試しください。"
    )


@dataclass(frozen=True)
class Paper:
    """`missing`: signs that the font lacks, to be written by hand where 〓 stands."""

    pdf: bytes
    missing: tuple[str, ...]


def typeset(
    template: str,
    facts: dict[str, Fact],
    *,
    title: str,
    at: datetime,
    printed: str = "",
    language: str = "ja",
) -> Paper:
    """`template` is a file below cms/paper; `facts` reach it as data, never as markup.
    `printed` says in the footer who printed it and when. Raises: NotTypeset."""
    missing: set[str] = set()
    told: dict[str, Fact] = {
        "facts": facts,
        "title": title,
        "printed": printed,
        "language": language,
    }
    shown = printable(told, missing)
    data = {"brand": brand(), "shown": shown, "missing": _codes(missing)}
    order = {
        "root": str(settings.PAPER_DIR),
        "fonts": str(settings.FONT_DIR),
        "template": template,
        "data": json.dumps(data, ensure_ascii=False),
        "at": int(at.timestamp()),
        "memory": MEMORY,
        "standards": STANDARDS,
    }
    return Paper(pdf=_ordered(order), missing=tuple(sorted(missing)))


def _ordered(order: dict[str, object]) -> bytes:
    # Isolated (-I): nothing around it changes what it imports.
    command = [sys.executable, "-I", str(TYPESETTER)]
    try:
        done = subprocess.run(  # noqa: S603 - its own program, and no shell
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as late:
        raise NotTypeset from late
    except subprocess.CalledProcessError as failed:
        if failed.returncode < 0:  # ended by the limit of memory
            raise NotTypeset from failed
        raise RuntimeError(failed.stderr.decode(errors="replace")[-2000:]) from failed
    return done.stdout


def _codes(missing: set[str]) -> list[Fact]:
    """What cannot be printed can be named: U+1F600."""
    return [" ".join(f"U+{ord(one):04X}" for one in sign) for sign in sorted(missing)]
