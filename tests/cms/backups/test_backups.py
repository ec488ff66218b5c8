"""What is no backup of this site is refused before anything is touched."""

import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cms.backups.archive import checked, writing
from cms.backups.making import forget_older
from cms.backups.manifest import Manifest, describe
from cms.backups.refusals import BackupRefused
from cms.backups.restoring import look_at, restore
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest(now) -> Manifest:
    return describe(at=now)


def _backup(folder: Path, manifest: Manifest, content: bytes = b"rows") -> Path:
    path = folder / "manabiba-20261121-120000.tar.gz"
    with writing(path) as archive:
        archive.add("database", io.BytesIO(content), size=len(content))
        archive.close(manifest)
    return path


def test_whole_backup_is_taken(tmp_path, manifest):
    found = look_at(_backup(tmp_path, manifest))
    assert found.made_at == "2026-11-21T12:00:00+09:00"
    assert found.engine == connection.vendor
    assert found.links_stay


def test_backup_cut_short_is_refused(tmp_path, manifest):
    path = _backup(tmp_path, manifest, content=bytes(range(256)) * 4000)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BackupRefused, match="途中で切れている"):
        checked(path)


def test_other_file_is_refused(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("名前,よみ")
    with pytest.raises(BackupRefused, match="別のファイル"):
        checked(path)


def test_changed_content_is_refused(tmp_path, manifest):
    whole = _backup(tmp_path, manifest)
    with tarfile.open(whole) as tar:
        told = tar.extractfile("manifest.json").read()
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as tar:
        for name, content in (("database", b"rowz"), ("manifest.json", told)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    with pytest.raises(BackupRefused, match="database"):
        checked(forged)


def test_backup_without_database_is_refused(tmp_path, manifest):
    path = tmp_path / "empty.tar.gz"
    with writing(path) as archive:
        archive.close(manifest)
    with pytest.raises(BackupRefused, match="読めません"):
        checked(path)


def test_backup_of_a_newer_version_is_refused(tmp_path, manifest):
    newer = replace(manifest, migrations=[*manifest.migrations, "courses.9999_later"])
    with pytest.raises(BackupRefused, match=r"courses\.9999_later"):
        look_at(_backup(tmp_path, newer))


def test_backup_of_an_older_version_is_taken(tmp_path, manifest):
    older = replace(manifest, migrations=manifest.migrations[:-1])
    assert look_at(_backup(tmp_path, older)).migrations == older.migrations


def test_backup_of_another_database_is_refused(tmp_path, manifest):
    with pytest.raises(BackupRefused, match="oracle"):
        look_at(_backup(tmp_path, replace(manifest, engine="oracle")))


def test_other_format_is_refused(tmp_path, manifest):
    with pytest.raises(BackupRefused, match="（2）"):
        checked(_backup(tmp_path, replace(manifest, format=2)))


def test_other_key_is_told(tmp_path, manifest, settings):
    path = _backup(tmp_path, manifest)
    settings.SECRET_KEY = "another"
    assert not look_at(path).links_stay
    settings.SECRET_KEY_FALLBACKS = ["tests"]
    assert look_at(path).links_stay


def test_site_in_use_is_not_replaced_unasked(tmp_path, manifest, now):
    CourseFactory()
    with pytest.raises(BackupRefused, match="--replace"):
        restore(
            path=_backup(tmp_path, manifest),
            safety_folder=tmp_path,
            replace=False,
            send_unsent=False,
            at=now,
        )


def test_nothing_stays_of_a_backup_that_failed(tmp_path, manifest):
    with (
        pytest.raises(OSError, match="end of data"),
        writing(tmp_path / "a.tar.gz") as archive,
    ):
        archive.add("database", io.BytesIO(b"few"), size=100)
    assert list(tmp_path.iterdir()) == []


def test_older_backups_go_and_other_files_stay(tmp_path):
    names = [f"manabiba-202611{day:02}-030000.tar.gz" for day in range(1, 6)]
    for name in [*names, "notes.txt"]:
        (tmp_path / name).touch()
    forget_older(folder=tmp_path, keep=2)
    assert {path.name for path in tmp_path.iterdir()} == {*names[-2:], "notes.txt"}


def test_keeping_no_backup_is_refused(tmp_path):
    with pytest.raises(CommandError, match="1以上"):
        call_command("backup", "--to", str(tmp_path), "--keep", "0")
    assert list(tmp_path.iterdir()) == []
