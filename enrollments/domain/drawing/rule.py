"""The rule of the draw: a pure function of the list, the seats and the seed.

Within a pool, lower tiers come first; within a tier the order is that of
HMAC-SHA256(seed, receipt number), so that nobody can know it before the seed exists and
everybody can compute it afterwards, in any language. `verify_draw.py` beside this module
says the same once more, on its own, for whoever wants to check.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

RULE = "manabiba-draw-1"

# Published with every list, and part of what its fingerprint covers.
RULE_WORDS = (
    _("抽選は枠ごとに行います。優先の区分の数が小さい申込みほど、先の順位になります。"),
    _(
        "同じ区分の中では、受付番号ごとに計算した値が小さい順です。"
        "値は、抽選の種を鍵、受付番号を文とするHMAC-SHA256を、16進の小文字で書いたものです。"
    ),
    _(
        "抽選の種は、秘密の値（16進の小文字）、公開の値、名簿の指紋（16進の小文字）を"
        "改行（LF）でつないだUTF-8の文のSHA-256です。秘密の値は、その指紋を先に公表します。"
        "公開の値は、名簿を固定したときには、まだだれも知らない値です。"
    ),
    _(
        "順位の順に、残りの席に全員が入れる申込みを当選とします。"
        "いっしょに申し込んだ方を分けることはありません。"
        "残りの席に入りきらない申込みがあるときは、残った席を、"
        "後の順位の申込みのうち入りきるものに、順位の順に回します。"
    ),
    _(
        "当選しなかった申込みは、順位の順に、キャンセル待ちの1番からの順番になります。"
        "キャンセル待ちのない開催では落選です。"
    ),
    _(
        "名簿を固定してから抽選までに取り消された申込みにも順位はつきますが、席は受けません。"
        "取り消された受付番号は、結果といっしょに公表します。"
    ),
    _("抽選のあとに空いた席は、その開催のキャンセル待ちの決まりに従って回します。"),
)

WON, WAITING, LOST, WITHDRAWN = "won", "waiting", "lost", "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One application as the list shows it. `tier` 0 is drawn first."""

    number: str
    pool: str
    seats: int
    tier: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """`rank` 1 is the first of its pool; `line` is the place on the waiting list."""

    entry: Entry
    rank: int
    outcome: str
    line: int | None = None


def order_key(seed: bytes, number: str) -> str:
    return hmac.new(seed, number.encode("ascii"), hashlib.sha256).hexdigest()


def draw(
    entries: Iterable[Entry],
    *,
    seats: Mapping[str, int | None],
    seed: bytes,
    withdrawn: Collection[str] = (),
    waiting_list: bool = True,
) -> list[Drawn]:
    """Everybody's rank and outcome, by pool and rank.

    `seats` are the places of each pool, none for one without a limit.
    """
    by_pool: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_pool[entry.pool].append(entry)
    gone = frozenset(withdrawn)
    return [
        drawn
        for pool in sorted(by_pool)
        for drawn in _placed(ranked(by_pool[pool], seed), seats[pool], gone, waiting_list)
    ]


def ranked(entries: Iterable[Entry], seed: bytes) -> list[Entry]:
    """Of one pool, the first to be given a place first."""
    return sorted(entries, key=lambda e: (e.tier, order_key(seed, e.number), e.number))


def all_fit(entries: Iterable[Entry], seats: Mapping[str, int | None]) -> bool:
    """Whether everybody has a place without a draw."""
    wanted: dict[str, int] = defaultdict(int)
    for entry in entries:
        wanted[entry.pool] += entry.seats
    limits = ((number, seats[pool]) for pool, number in wanted.items())
    return all(limit is None or number <= limit for number, limit in limits)


def _placed(
    order: Iterable[Entry],
    seats: int | None,
    gone: frozenset[str],
    waiting_list: bool,
) -> list[Drawn]:
    left, line = seats, 0
    found = []
    for rank, entry in enumerate(order, start=1):
        if entry.number in gone:
            found.append(Drawn(entry, rank, WITHDRAWN))
        elif left is None or entry.seats <= left:
            left = None if left is None else left - entry.seats
            found.append(Drawn(entry, rank, WON))
        elif waiting_list:
            line += 1
            found.append(Drawn(entry, rank, WAITING, line))
        else:
            found.append(Drawn(entry, rank, LOST))
    return found
