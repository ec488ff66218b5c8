"""What is said of a row because of how the file is made."""

from django.utils.translation import gettext as _


def merged_words(ref: str) -> str:
    words = _(
        "ほかの行と結合されたセル（%(ref)s）があります。Excelで結合を解除し、"
        "それぞれの行に値を入れてください。"
    )
    return words % {"ref": ref}
