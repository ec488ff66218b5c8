"""The demo city is backed up, put back elsewhere, and nothing is missing there."""

from datetime import datetime
from pathlib import Path

import pytest

from cms.backups.archive import checked
from cms.demo.city import build_city
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from tests.cms.backups.elsewhere import (
    empty_site,
    files,
    here,
    manage,
    mode,
    shown,
    shown_there,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_demo_city_moves_house_whole(transactional_db, tmp_path: Path, now: datetime):
    build_city(at=now)
    old, new, kept = tmp_path / "old", tmp_path / "new", tmp_path / "kept"
    upload = old / "media" / "documents" / "しおり.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF-1.7")
    leftover = new / "media" / "documents" / "other.pdf"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"of another site")

    write_message(
        kind=MessageKind.RECEIVED,
        occasion="unsent",
        subject="申込みを受け付けました",
        body="",
        recipient="yuki@example.com",
        at=now,
    )

    status, said = manage("backup", "--to", str(kept), env=here(old))
    assert status == 0, said
    (backup,) = kept.iterdir()
    assert mode(backup) == 0o600
    before = shown()
    assert before["rows"]["enrollments.Application"] > 500

    with empty_site(new) as there:
        status, said = manage("restore", str(backup), "--send-unsent", env=there)
        assert status == 0, said
        after = shown_there(there)
        assert after["rows"] == before["rows"]
        assert after["wrong"] == []
        assert after["generation"] not in (None, before["generation"])
        assert files(new / "media") == {"documents/しおり.pdf": b"%PDF-1.7"}

        (new / "media" / "documents" / "later.pdf").write_bytes(b"after the backup")
        status, said = manage("restore", str(backup), "--replace", env=there)
        assert status == 0, said
        assert "送信待ちだったお知らせ 1 件は" in said
        assert list(files(new / "media")) == ["documents/しおり.pdf"]
    (safety,) = (new / "backups").iterdir()
    assert checked(safety).uploads == 2
