#!/usr/bin/env python3
"""抽選の記録を確かめるプログラム / Checks the public record of a draw.

使いかた / Usage:  python3 verify_draw.py 2026-0100.json

公開された記録（JSON）だけから、名簿の指紋、秘密の値、抽選の種、順位と結果を計算しなおし、
公表されたものと同じかどうかを調べます。Python 3.8以上があれば動きます。
From the published JSON alone it computes the fingerprint of the list, the secret's
commitment, the seed, the ranks and the outcomes again, and compares them with what was
published. It needs Python 3.8 or newer and nothing else.

It is written from the published rule and shares no code with the program that drew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from typing import Any, Callable, Iterator  # noqa: UP035 (Python 3.8)

RULE = "manabiba-draw-1"


def canonical(value: Any) -> bytes:
    """The one way to write a record down: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def draw_again(
    record: dict[str, Any], seed: bytes, withdrawn: set[str]
) -> list[dict[str, Any]]:
    """The result as the rule has it: one dict per entry, by pool and rank."""
    found: list[dict[str, Any]] = []
    for pool in sorted({entry["pool"] for entry in record["entries"]}):
        entries = [entry for entry in record["entries"] if entry["pool"] == pool]
        entries.sort(
            key=lambda entry: (
                entry["tier"],
                hmac.new(seed, entry["number"].encode(), "sha256").hexdigest(),
                entry["number"],
            )
        )
        left = next(p["seats"] for p in record["pools"] if p["pool"] == pool)
        line = 0
        for rank, entry in enumerate(entries, 1):
            row = {"number": entry["number"], "pool": pool, "rank": rank, "line": None}
            if entry["number"] in withdrawn:
                row["outcome"] = "withdrawn"
            elif left is None or entry["seats"] <= left:
                row["outcome"] = "won"
                left = None if left is None else left - entry["seats"]
            elif record["waiting_list"]:
                line += 1
                row["outcome"], row["line"] = "waiting", line
            else:
                row["outcome"] = "lost"
            found.append(row)
    return found


def checks_of(draw: dict[str, Any]) -> Iterator[tuple[bool, str, str]]:
    """Pairs of (is it right, what was checked in Japanese, in English) for one draw."""
    record = draw["record"]
    yield record["rule"] == RULE, "決まりの版", "version of the rule"
    fingerprint = sha256(canonical(record))
    yield fingerprint == draw["fingerprint"], "名簿の指紋", "fingerprint of the list"
    numbers = [entry["number"] for entry in record["entries"]]
    yield len(numbers) == len(set(numbers)), "受付番号の重なり", "numbers are unique"
    if draw["state"] != "announced":
        return
    result = draw["result"]
    seed = b""
    if record["source"]:
        secret = draw["secret"]
        yield (
            sha256(bytes.fromhex(secret)) == record["commitment"],
            "秘密の値（先に公表した指紋と同じか）",
            "secret matches its commitment",
        )
        text = secret + "\n" + draw["public_value"] + "\n" + fingerprint
        seed = hashlib.sha256(text.encode("utf-8")).digest()
        yield seed.hex() == result["seed"], "抽選の種", "seed"
    else:
        yield _all_fit(record), "定員以内（抽選なし）", "everybody fits, no draw was needed"
    withdrawn = set(result["withdrawn"])
    yield withdrawn <= set(numbers), "取り消しの番号", "withdrawn numbers are on the list"
    again = draw_again(record, seed, withdrawn)
    yield again == result["entries"], "順位と結果", "ranks and outcomes"
    yield _within_capacity(record, result), "定員", "places are not exceeded"


def _all_fit(record: dict[str, Any]) -> bool:
    return all(
        pool["seats"] is None
        or sum(e["seats"] for e in record["entries"] if e["pool"] == pool["pool"])
        <= pool["seats"]
        for pool in record["pools"]
    )


def _within_capacity(record: dict[str, Any], result: dict[str, Any]) -> bool:
    sizes = {entry["number"]: entry["seats"] for entry in record["entries"]}
    for pool in record["pools"]:
        won = [
            sizes.get(row["number"], 0)
            for row in result["entries"]
            if row["pool"] == pool["pool"] and row["outcome"] == "won"
        ]
        if pool["seats"] is not None and sum(won) > pool["seats"]:
            return False
    return True


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def report(document: dict[str, Any], write: Callable[[str], Any] = say) -> bool:
    """Writes a line per check; whether all of them are right."""
    right = True
    if not document.get("draws"):
        write("まだ記録がありません。 / There is no record yet.")
        return False
    for draw in document["draws"]:
        run, number, state = draw["record"]["run"], draw["round"], draw["state"]
        write(f"抽選 / draw {run} - {number} ({state})")
        for is_right, japanese, english in checks_of(draw):
            outcome = "○ OK" if is_right else "× DIFFERENT"
            write(f"  {outcome}: {japanese} / {english}")
            right = right and is_right
        if draw["state"] != "announced":
            write("  結果はまだ発表されていません。 / The result is not announced yet.")
    return right


def main(arguments: list[str], say: Callable[[str], Any] = say) -> int:
    if len(arguments) != 1:
        say(__doc__ or "")
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            right = report(json.load(file), say)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        StopIteration,
    ) as error:
        say(f"読み取れません。 / Cannot be read: {error!r}")
        return 2
    if right:
        say("公表された結果と同じです。 / The published result is reproduced.")
        return 0
    say("公表された結果と違います。 / Something differs from what was published.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
