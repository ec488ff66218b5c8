"""A name is cut into 氏 and 名 only where the file shows where."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.domain.contact import tidy_kana, tidy_text


@dataclass(frozen=True)
class Name:
    family: str
    given: str


def split_name(full: str) -> Name | None:
    """山田　花子 → 山田, 花子; none without exactly one space."""
    parts = tidy_text(full).split(" ")
    return Name(*parts) if len(parts) == 2 and all(parts) else None


def name_of(full: str, family: str, given: str, *, what: str) -> Name:
    """From two cells or from one; `what` is 氏名 or フリガナ.

    Raises: ValueError with a sentence.
    """
    if family and given:
        return Name(family, given)
    if bool(family) != bool(given):
        words = _("%(what)sの氏と名の、片方しかありません。両方を書いてください。")
        raise ValueError(words % {"what": what})
    if not full:
        words = _("%(what)sがありません。")
        raise ValueError(words % {"what": what})
    found = split_name(full)
    if found is None:
        words = _(
            "%(what)s「%(name)s」の氏と名の切れ目がわかりません。"
            "間に空白を一つ入れるか、氏と名を別の列にしてください。"
        )
        raise ValueError(words % {"what": what, "name": full})
    return found


def kana_of(full: str, family: str, given: str) -> Name:
    """The same for the reading, in katakana. Raises: ValueError."""
    return name_of(tidy_kana(full), tidy_kana(family), tidy_kana(given), what=_("フリガナ"))
