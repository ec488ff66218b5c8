"""An index over what a search looks in; the library has one for each column only.

The function is `title || body` with its true cost: PostgreSQL takes reading a long
vector for free, and would read all of them for a word that many pages hold.
"""

from django.db import migrations

CREATE = """
    CREATE FUNCTION cms_searched(title tsvector, body tsvector) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS $$ BEGIN RETURN title || body; END $$;
    CREATE INDEX cms_search_title_body ON modelsearch_indexentry
    USING gin (cms_searched(title, body));
"""
DROP = """
    DROP INDEX IF EXISTS cms_search_title_body;
    DROP FUNCTION IF EXISTS cms_searched(tsvector, tsvector);
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        (
            "modelsearch",
            "0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more",
        ),
    ]

    operations = [migrations.RunPython(create, drop)]
