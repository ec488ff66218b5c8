"""The pure rule: fair, never over capacity, no party split, the same for any order."""

import hashlib
import hmac
import json
from collections import Counter, defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrollments.domain.drawing import verify_draw
from enrollments.domain.drawing.canonical import canonical, fingerprint_of, seed_of
from enrollments.domain.drawing.rule import WON, Entry, all_fit, draw, order_key, ranked

SEEDS = [hashlib.sha256(f"seed {n}".encode()).digest() for n in range(4000)]

numbers = st.integers(1, 999).map(lambda n: f"261121-091530-{n:03}")
entries = st.lists(
    st.builds(
        Entry,
        number=numbers,
        pool=st.sampled_from(["citizens", "staff"]),
        seats=st.integers(1, 4),
        tier=st.integers(0, 2),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda entry: entry.number,
)
places = st.fixed_dictionaries(
    {pool: st.none() | st.integers(0, 30) for pool in ("citizens", "staff")}
)
seeds = st.binary(min_size=32, max_size=32)
# A busy machine makes lists slowly; that says nothing about the rule.
calm = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_order_within_a_tier_is_hmac_sha256_of_the_number():
    """The figure that another language has to find too."""
    seed = bytes(range(32))
    key = order_key(seed, "261121-091530-001")
    assert key == hmac.digest(seed, b"261121-091530-001", "sha256").hex()
    assert key == "67567b1f45ffc45ad53589dc4b134b460885cda23af2a180737ef3a327f73ff5"


def test_example_written_out():
    """Two places; the party of two that comes second does not fit and heads the line."""
    people = [Entry("a", "g", 1), Entry("b", "g", 2), Entry("c", "g", 1)]
    seed = next(s for s in SEEDS if [e.number for e in ranked(people, s)] == list("abc"))

    drawn = draw(people, seats={"g": 2}, seed=seed)

    assert [(d.entry.number, d.rank, d.outcome, d.line) for d in drawn] == [
        ("a", 1, "won", None),
        ("b", 2, "waiting", 1),
        ("c", 3, "won", None),
    ]


def test_without_a_waiting_list_the_others_have_lost():
    people = [Entry(f"n{n}", "g", 1) for n in range(5)]
    drawn = draw(people, seats={"g": 2}, seed=SEEDS[0], waiting_list=False)
    assert Counter(d.outcome for d in drawn) == {"won": 2, "lost": 3}
    assert {d.line for d in drawn} == {None}


def test_whoever_withdrew_has_a_rank_and_no_place():
    people = [Entry(f"n{n}", "g", 1) for n in range(5)]
    first = ranked(people, SEEDS[0])[0].number
    drawn = draw(people, seats={"g": 1}, seed=SEEDS[0], withdrawn=[first])
    assert [(d.rank, d.outcome) for d in drawn[:2]] == [(1, "withdrawn"), (2, "won")]


@calm
@given(entries, places, seeds)
def test_capacity_is_never_exceeded_and_no_place_is_wasted(people, seats, seed):
    drawn = draw(people, seats=seats, seed=seed)
    for pool, limit in seats.items():
        won = sum(d.entry.seats for d in drawn if d.outcome == WON and d.entry.pool == pool)
        others = [d.entry.seats for d in drawn if d.outcome != WON and d.entry.pool == pool]
        if limit is None:
            assert not others
        else:
            assert won <= limit
            assert all(size > limit - won for size in others)


@calm
@given(entries, places, seeds)
def test_every_party_is_there_once_and_whole(people, seats, seed):
    drawn = draw(people, seats=seats, seed=seed)
    assert sorted((d.entry.number, d.entry.seats) for d in drawn) == sorted(
        (e.number, e.seats) for e in people
    )


@calm
@given(st.data(), entries, places, seeds)
def test_order_of_the_list_does_not_matter(data, people, seats, seed):
    shuffled = data.draw(st.permutations(people))
    assert draw(people, seats=seats, seed=seed) == draw(shuffled, seats=seats, seed=seed)


@calm
@given(entries, places, seeds)
def test_ranks_respect_the_tiers_and_lines_the_ranks(people, seats, seed):
    by_pool = defaultdict(list)
    for d in draw(people, seats=seats, seed=seed):
        by_pool[d.entry.pool].append(d)
    for drawn in by_pool.values():
        assert [d.rank for d in drawn] == list(range(1, len(drawn) + 1))
        tiers = [d.entry.tier for d in drawn]
        assert tiers == sorted(tiers)
        lines = [d.line for d in drawn if d.line is not None]
        assert lines == list(range(1, len(lines) + 1))


@calm
@given(entries, places, seeds)
def test_larger_lists_change_nobodys_order(people, seats, seed):
    """Two people stand to each other as they did before a third one came."""
    order = [e.number for e in ranked(people, seed)]
    without_last = [e.number for e in ranked(people[:-1], seed)]
    assert [n for n in order if n in set(without_last)] == without_last


@calm
@given(entries, places)
def test_all_fit_when_everybody_would_win(people, seats):
    won = all(d.outcome == WON for d in draw(people, seats=seats, seed=SEEDS[0]))
    assert all_fit(people, seats) == won


def test_ranks_are_uniform_within_a_tier():
    """Chi-square over 4,000 fixed seeds: ten people, ten ranks, 81 degrees of freedom for
    the table of doubly fixed margins; 122 is exceeded once in 500 by chance."""
    people = [Entry(f"261121-0915{n:02}-001", "g", 1) for n in range(10)]
    table: Counter[tuple[str, int]] = Counter()
    for seed in SEEDS:
        for rank, entry in enumerate(ranked(people, seed)):
            table[entry.number, rank] += 1

    assert _chi_square(table, expected=len(SEEDS) / 10) < 122


def test_chi_square_would_notice_a_biased_order():
    """The negative control: the seed is used for the first of two choices only."""
    people = [Entry(f"261121-0915{n:02}-001", "g", 1) for n in range(10)]
    table: Counter[tuple[str, int]] = Counter()
    for seed in SEEDS:
        order = ranked(people, seed)
        if seed[0] < 13:  # one seed in twenty keeps the order of receipt
            order = people
        for rank, entry in enumerate(order):
            table[entry.number, rank] += 1

    assert _chi_square(table, expected=len(SEEDS) / 10) > 122


def _chi_square(table: Counter, expected: float) -> float:
    return sum((seen - expected) ** 2 / expected for seen in table.values())


@calm
@given(entries, places, seeds, st.booleans())
def test_verifier_finds_the_same_with_code_of_its_own(people, seats, secret, waits):
    document = _document(people, seats, secret, waits)
    lines: list[str] = []
    assert verify_draw.report(document, lines.append)
    assert not [line for line in lines if "DIFFERENT" in line]


def _document(people, seats, secret, waits, withdrawn=()):
    record = {
        "rule": "manabiba-draw-1",
        "rule_words": [],
        "run": "2026-0100",
        "round": 0,
        "pools": [{"pool": pool, "seats": number} for pool, number in seats.items()],
        "waiting_list": waits,
        "entries": [
            {"number": e.number, "pool": e.pool, "seats": e.seats, "tier": e.tier}
            for e in people
        ],
        "commitment": hashlib.sha256(secret).hexdigest(),
        "source": "日経平均株価の終値",
    }
    fingerprint = fingerprint_of(canonical(record))
    seed = seed_of(secret=secret.hex(), public_value="1", fingerprint=fingerprint)
    drawn = draw(people, seats=seats, seed=seed, withdrawn=withdrawn, waiting_list=waits)
    result = {
        "seed": seed.hex(),
        "withdrawn": list(withdrawn),
        "entries": [
            {
                "number": d.entry.number,
                "pool": d.entry.pool,
                "rank": d.rank,
                "outcome": d.outcome,
                "line": d.line,
            }
            for d in drawn
        ],
    }
    return {
        "draws": [
            {
                "round": 0,
                "state": "announced",
                "record": record,
                "fingerprint": fingerprint,
                "secret": secret.hex(),
                "public_value": "1",
                "result": result,
            }
        ]
    }


PEOPLE = [Entry(f"n{n}", "g", 1 + n % 2, n % 2) for n in range(8)]


def _tamper_list(d):
    d["record"]["entries"][0]["tier"] = 5


def _tamper_value(d):
    d["public_value"] = "2"


def _tamper_secret(d):
    d["secret"] = "00" * 32


def _swap_winners(d):
    first, last = d["result"]["entries"][0], d["result"]["entries"][-1]
    first["number"], last["number"] = last["number"], first["number"]


def _one_more_winner(d):
    d["result"]["entries"][-1].update(outcome="won", line=None)


def _withdraw_the_first(d):
    d["result"]["withdrawn"] = [d["result"]["entries"][0]["number"]]


def _new_fingerprint_too(d):
    d["record"]["entries"][0]["tier"] = 5
    d["fingerprint"] = fingerprint_of(canonical(d["record"]))


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (_tamper_list, "fingerprint"),
        (_tamper_value, "seed"),
        (_tamper_secret, "commitment"),
        (_swap_winners, "ranks and outcomes"),
        (_one_more_winner, "places"),
        (_withdraw_the_first, "ranks and outcomes"),
        (_new_fingerprint_too, "seed"),
    ],
)
def test_verifier_finds_what_was_tampered_with(tamper, found):
    document = _document(PEOPLE, {"g": 5}, b"s" * 32, True)
    tamper(document["draws"][0])
    lines: list[str] = []
    assert not verify_draw.report(document, lines.append)
    assert [line for line in lines if "DIFFERENT" in line and found in line]


def test_verifier_runs_alone(tmp_path):
    """With plain Python, from a folder in which nothing else is."""
    import shutil
    import subprocess
    import sys

    shutil.copy(verify_draw.__file__, tmp_path / "verify_draw.py")
    right = tmp_path / "right.json"
    right.write_text(json.dumps(_document(PEOPLE, {"g": 5}, b"s" * 32, True)))
    wrong = tmp_path / "wrong.json"
    document = _document(PEOPLE, {"g": 5}, b"s" * 32, True)
    _swap_winners(document["draws"][0])
    wrong.write_text(json.dumps(document))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "verify_draw.py", *arguments]
        return subprocess.run(  # noqa: S603
            command, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert run("right.json").returncode == 0
    assert run("wrong.json").returncode == 1
    assert "× DIFFERENT: 順位と結果" in run("wrong.json").stdout
    assert run("nothing.json").returncode == 2
    assert run().returncode == 2


def test_ten_thousand_are_drawn_at_once():
    """Not timed (that is the bench's): ten thousand different entries, each placed."""
    people = [Entry(f"{n:06}-000000-001", "g", 1 + n % 3, n % 3) for n in range(10_000)]
    drawn = draw(people, seats={"g": 3000}, seed=SEEDS[1])
    assert len(drawn) == 10_000
    assert sum(d.entry.seats for d in drawn if d.outcome == WON) == 3000
