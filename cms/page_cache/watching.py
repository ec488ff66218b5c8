"""The database itself notes that something public has changed, whoever changed it.

A trigger on every table that a public page may read raises the generation in the
transaction of the change; a page kept under an older generation is not served again.
Tables are watched unless they are known to be quiet, so that a new one is not forgotten.
"""

import secrets
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from cms.models import PublicGeneration

TABLE = PublicGeneration._meta.db_table
TRIGGER = "public_change"
SHARDS = 16
WATCHED_APPS = ("courses", "learning_paths", "cms")
# What public pages read of the other apps.
WATCHED = (
    "accounts_department",
    "accounts_purposenotice",
    "accounts_staffprofile",
    "enrollments_advancequestion",
    "enrollments_application",
    "enrollments_draw",
    "enrollments_nextstep",
    "enrollments_questioncall",
    "enrollments_sharedfindings",
    "enrollments_messagetemplate",
    "enrollments_survey",
    "modelsearch_indexentry",
    "wagtailcore_page",
    "wagtailcore_pageviewrestriction",
    "wagtailcore_pageviewrestriction_groups",
    "wagtailcore_site",
    "wagtaildocs_document",
    "wagtailimages_image",
    "wagtailredirects_redirect",
)
# Written while people read, or of no concern to the public.
QUIET = {
    TABLE,
    "courses_changerecord",
    "courses_coursetemplate",
    "cms_searchmiss",
    # Read by pages that are never kept.
    "learning_paths_learningrequest",
    "learning_paths_learningvoice",
    "learning_paths_requestmove",
    "learning_paths_outreachrequest",
    "learning_paths_outreachdate",
    "learning_paths_outreachmove",
    "cms_eventlistupload",
    "learning_paths_instructorrequest",
    "learning_paths_instructorrequestmove",
}
# Change with every application: they raise the first shards, all others the second,
# so that what is offered can be told from who has taken it.
COUNTED = ("enrollments_application", "courses_seatpool")
# The shard is locked only while the transaction commits: raised at once, two
# applications for different runs would wait for each other. Once is enough for each.
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('manabiba.raised' || TG_ARGV[0], true)
     IS DISTINCT FROM pg_current_xact_id()::text THEN
    UPDATE {TABLE} SET number = number + 1
     WHERE shard = TG_ARGV[0]::int + pg_backend_pid() % {SHARDS};
    PERFORM set_config('manabiba.raised' || TG_ARGV[0], pg_current_xact_id()::text, true);
  END IF;
  RETURN NULL;
END $$
"""  # noqa: S608 (names of tables)
RAISED = "BEGIN UPDATE {} SET number = number + 1 WHERE shard = {}; END"
SUMS = f"""
SELECT SUM(number), SUM(CASE WHEN shard >= {SHARDS} THEN number END), COUNT(number)
  FROM {TABLE}
"""  # noqa: S608


class Generations(NamedTuple):
    """`facts` stays while people only apply and withdraw; `everything` never does."""

    everything: int
    facts: int


def watched_tables() -> list[str]:
    """Those that exist: in the middle of migrations some do not."""
    wanted = set(WATCHED)
    for app in WATCHED_APPS:
        models = apps.get_app_config(app).get_models(include_auto_created=True)
        wanted |= {model._meta.db_table for model in models}
    return sorted((wanted - QUIET) & set(connection.introspection.table_names()))


def begin(**_signal: Any) -> None:
    """Lay the triggers and start a generation that no process has seen."""
    tables = watched_tables()
    if TABLE not in connection.introspection.table_names():
        return
    rest(tables=tables)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        for table in tables:
            for statement in _statements(table):
                cursor.execute(statement)
    for shard in range(2 * SHARDS):
        number = 0 if shard % SHARDS else secrets.randbits(60)
        PublicGeneration.objects.update_or_create(shard=shard, defaults={"number": number})


def rest(*, tables: list[str] | None = None, **_signal: Any) -> None:
    """Take the triggers away, as before migrations; nothing is kept meanwhile."""
    there = set(connection.introspection.table_names())
    if TABLE in there:
        PublicGeneration.objects.update(number=None)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It changes no triggers of a table that still has some to fire.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in watched_tables() if tables is None else tables:
            for name in _names(table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def generations() -> Generations | None:
    """One short query; None while nobody watches."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        everything, facts, shards = cursor.fetchone()
    return Generations(int(everything), int(facts)) if shards == 2 * SHARDS else None


def generation() -> int | None:
    """Raised by every change that a public page may show."""
    found = generations()
    return found.everything if found else None


def facts_generation() -> int | None:
    """Raised by every change to what is offered; applications leave it as it is."""
    found = generations_if_kept()
    return found.facts if found else None


def generations_if_kept() -> Generations | None:
    """None where nothing is to be kept."""
    return generations() if settings.KEEP_PAGES else None


def _names(table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [TRIGGER]
    return [f"{TRIGGER}_{table}_{act.lower()}" for act in ("INSERT", "UPDATE", "DELETE")]


def _statements(table: str) -> list[str]:
    first = 0 if table in COUNTED else SHARDS
    raised = RAISED.format(TABLE, first)
    if connection.vendor == "postgresql":
        return [
            f"CREATE CONSTRAINT TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE "
            f"ON {table} DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION {TRIGGER}({first})"
        ]
    return [
        f"CREATE TRIGGER {TRIGGER}_{table}_{act.lower()} AFTER {act} ON {table} {raised}"
        for act in ("INSERT", "UPDATE", "DELETE")
    ]
