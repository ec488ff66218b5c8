"""The rules of the recommended data sets, written down a second time and without a look
at the code that writes them: what a validator outside would refuse."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Rules:
    """The names in their order, as the standard prints them; * marks what is required."""

    names: tuple[str, ...]
    required: tuple[str, ...]


def _rules(name: str) -> Rules:
    path = Path(__file__).parent / "data" / f"{name}.txt"
    printed = path.read_text(encoding="utf-8").split()
    return Rules(
        tuple(name.removesuffix("*") for name in printed),
        tuple(name.removesuffix("*") for name in printed if name.endswith("*")),
    )


EVENTS, FACILITIES = _rules("recommended_event"), _rules("recommended_facility")
GIF = _rules("gif_event")
FORMS = {
    "都道府県コード又は市区町村コード": r"\d{6}",
    "NO": r"\d{10}",
    "開始日|終了日|参加申込終了日": r"\d{4}-\d{2}-\d{2}",
    "開始時間|終了時間|参加申込終了時間": r"([01]\d|2[0-3]):[0-5]\d",
    "料金\\(基本\\)|定員": r"\d+",
    "連絡先電話番号|電話番号": r"0\d{1,4}-\d{1,4}-\d{3,4}",
    "緯度|経度": r"\d{2,3}\.\d{6}",
    "URL": r"https?://\S+",
    "POIコード": r"\d{4}",
    "利用可能曜日": r"月?火?水?木?金?土?日?",
}
GIF_FORMS = {
    "webinarStatus": "現地開催のみ|オンライン|ハイブリッド",
    "feeStatus": "有料|無料",
    "parkingStatus": "[0129]",
    "dateOfStart|dateOfEnd|startDateOfApplication|deadlineDateOfApplication": (
        r"\d{4}-\d{2}-\d{2}"
    ),
    "startTime|endTime|applicationStartTime|applicationDeadlineTime": (
        r"([01]\d|2[0-3]):[0-5]\d"
    ),
    "eventUrl|applicationUrl": r"https?://\S+",
}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """As a spreadsheet reads it, without looking at its form."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def faults_in_file(content: bytes, rules: Rules) -> list[str]:
    """Everything that is wrong with the file, in words; none for a good one."""
    faults = [] if content.startswith(b"\xef\xbb\xbf") else ["no BOM"]
    text = content.decode("utf-8-sig")
    if not text.endswith("\r\n"):
        faults.append("last row without CRLF")
    records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if tuple(records[0]) != rules.names:
        faults.append(f"headings {records[0]}")
    quoted = re.sub(r'"(?:[^"]|"")*"', "", text)
    if quoted.count("\r\n") != len(records) or quoted.count("\n") != quoted.count("\r\n"):
        faults.append("rows do not end in CRLF")
    for number, record in enumerate(records[1:], start=2):
        if len(record) != len(rules.names):
            faults.append(f"{number}: {len(record)} cells")
        row = dict(zip(rules.names, record, strict=False))
        faults += [f"{number}: {fault}" for fault in faults_in_row(row, rules)]
    numbers = [record[1] for record in records[1:]]
    if len(set(numbers)) < len(numbers):
        faults.append("a NO twice")
    return faults


def faults_in_row(row: dict[str, str], rules: Rules) -> list[str]:
    faults = [f"{name} is empty" for name in rules.required if not row[name]]
    for heading, text in row.items():
        form = next((f for names, f in FORMS.items() if re.fullmatch(names, heading)), None)
        if text and form and not re.fullmatch(form, text):
            faults.append(f"{heading}: {text!r}")
        if text.startswith(tuple("=+-@\t\r\n＝＋－＠")):
            faults.append(f"{heading} is run by a spreadsheet: {text[:20]!r}")
        if text != text.strip() or re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text):
            faults.append(f"{heading} has blanks or control characters: {text!r}")
    return [*faults, *_wrong_days(row), *_wrong_place(row), *_wrong_code(row)]


def _wrong_days(row: dict[str, str]) -> list[str]:
    if "開始日" not in row:
        return []
    first, last = date.fromisoformat(row["開始日"]), date.fromisoformat(row["終了日"])
    same = first == last and row["開始時間"] >= row["終了時間"]
    return ["ends before it begins"] if last < first or same else []


def _wrong_place(row: dict[str, str]) -> list[str]:
    """Both coordinates or none, inside Japan."""
    north, east = row["緯度"], row["経度"]
    if not north and not east:
        return []
    inside = north and east and 20 < float(north) < 46 and 122 < float(east) < 154
    return [] if inside else [f"outside Japan: {north}, {east}"]


def _wrong_code(row: dict[str, str]) -> list[str]:
    code = row["都道府県コード又は市区町村コード"]
    total = sum(int(code[place]) * (6 - place) for place in range(5))
    rest = total % 11
    expected = 11 - rest if rest > 1 else 1 - rest
    return [] if int(code[5]) == expected else [f"check digit of {code}"]


def faults_in_events(events: list[dict]) -> list[str]:
    """Items, vocabularies and references of GIF events."""
    known = {event["id"] for event in events}
    faults = ["an id twice"] if len(known) < len(events) else []
    for event in events:
        found = [*_faults_in_items(event), *_faults_in_contact(event)]
        found += [f"sub event {i}" for i in event.get("subEvent", []) if i not in known]
        faults += [f"{event['id']}: {fault}" for fault in found]
    return faults


def _faults_in_items(event: dict) -> list[str]:
    faults = [f"{item} missing" for item in GIF.required if not event.get(item)]
    faults += [f"{item} unknown" for item in set(event) - set(GIF.names)]
    faults += [f"{item} empty" for item, value in event.items() if value in ("", [], {})]
    for names, form in GIF_FORMS.items():
        wrong = [n for n in names.split("|") if not re.fullmatch(form, event.get(n) or "")]
        faults += [f"{item}: {event[item]}" for item in wrong if item in event]
    return faults


def _faults_in_contact(event: dict) -> list[str]:
    contact = event["contactPointInformation"]
    several = ("contactPointPhoneNumber", "contactPointEmailAddress")
    return [item for item in several if not isinstance(contact.get(item, []), list)]
