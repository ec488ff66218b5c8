"""The words that stood in the code until now. Going back leaves them: officers may have
added to them."""

import unicodedata

from django.db import migrations

from cms.migrations._synonyms_of_2026 import GROUPS


def seed(apps, schema_editor):
    groups = apps.get_model("cms", "SynonymGroup")
    words = apps.get_model("cms", "SynonymWord")
    if words.objects.exists():
        return
    for written in GROUPS:
        group = groups.objects.create()
        words.objects.bulk_create(
            words(group=group, position=position, written=word, folded=folded(word))
            for position, word in enumerate(written, start=1)
        )


def folded(word):
    """As `cms.search.folding.fold` does for these words: lower case and hiragana."""
    wide = unicodedata.normalize("NFKC", word).casefold()
    small = str.maketrans("ぁぃぅぇぉゎ", "あいうえおわ")
    kana = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
    return wide.translate(kana).translate(small)


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_search_words")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
