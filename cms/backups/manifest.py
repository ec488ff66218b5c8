"""What a backup says of itself: when and from what it was made, and what is in it."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from cms.backups.refusals import (
    NEWER,
    OTHER_ENGINE,
    OTHER_FORMAT,
    UNREADABLE,
    BackupRefused,
)

FORMAT = 1
SALT = "backup"


@dataclass(frozen=True)
class Manifest:
    """`files` has the SHA-256 of every other member. `signed` tells whether the links in
    mails that residents have are signed with a key that the site knows."""

    made_at: str
    city: str
    engine: str
    migrations: list[str]
    signed: str
    format: int = FORMAT
    files: dict[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @property
    def links_stay(self) -> bool:
        try:
            Signer(salt=SALT).unsign(self.signed)
        except BadSignature:
            return False
        return True

    @property
    def uploads(self) -> int:
        return sum(name.startswith("media/") for name in self.files)


def describe(*, at: datetime) -> Manifest:
    applied = MigrationLoader(connection).applied_migrations
    return Manifest(
        made_at=at.isoformat(timespec="seconds"),
        city=settings.CITY_NAME,
        engine=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        signed=Signer(salt=SALT).sign("manabiba"),
    )


def read(written: bytes) -> Manifest:
    try:
        found = json.loads(written)
        if found["format"] != FORMAT:
            raise BackupRefused(OTHER_FORMAT.format(number=found["format"]))
        return Manifest(**{one.name: found[one.name] for one in fields(Manifest)})
    except (ValueError, KeyError, TypeError) as error:
        raise BackupRefused(UNREADABLE) from error


def require_fitting(manifest: Manifest) -> None:
    """Older ones are migrated; what a newer version wrote cannot be read."""
    if manifest.engine != connection.vendor:
        raise BackupRefused(
            OTHER_ENGINE.format(theirs=manifest.engine, ours=connection.vendor)
        )
    known = MigrationLoader(None, ignore_no_migrations=True)
    names = {f"{app}.{name}" for app, name in known.disk_migrations}
    names |= {
        f"{app}.{name}"
        for migration in known.disk_migrations.values()
        for app, name in migration.replaces
    }
    for name in manifest.migrations:
        if name not in names:
            raise BackupRefused(NEWER.format(name=name))
