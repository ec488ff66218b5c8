"""Records of decisions are told apart by their numbers, which code and docs cite."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
CITED = re.compile(r"adr/(\d{4}-[a-z-]+\.md)")


def test_no_two_records_have_one_number():
    numbers = [record.name[:4] for record in RECORDS]
    assert numbers == sorted(set(numbers))


def test_a_record_is_headed_by_its_number():
    headings = [record.read_text().split(".")[0] for record in RECORDS]
    assert headings == [f"# {int(record.name[:4])}" for record in RECORDS]


def test_records_that_are_linked_are_there():
    docs = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    linked = {name for doc in docs for name in CITED.findall(doc.read_text())}
    assert linked
    assert linked <= {record.name for record in RECORDS}
