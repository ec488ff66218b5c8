"""A city may word a message itself, by kind and language. Its wording is checked when it
is saved, so that what is sent later cannot fail; without one the product's is used."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import Visitor
from accounts.models import User
from enrollments.domain.mail_text import mail_text
from enrollments.domain.message_placeholders import (
    EDITABLE,
    NEEDED,
    OVER,
    Context,
    Placeholder,
    by_name,
    wished,
)
from enrollments.enums import MessageKind
from enrollments.models import MessageTemplate

CHANGE = "enrollments.change_messagetemplate"
LANGUAGES = ("ja", "en")
BRACED = re.compile(r"\{([^{}\n]*)\}")
SUBJECT_LIMIT = 200


class WordingRefused(Refusal):
    """`faults` are sentences, one for each thing to mend."""

    sentence = gettext_lazy("文面を直してください。")

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def may_word_messages(user: Visitor) -> bool:
    return user.is_authenticated and user.has_perm(CHANGE)


class OwnWordings:
    """The city's own wordings, read when first asked for: for one batch of messages."""

    @cached_property
    def _rows(self) -> dict[tuple[str, str], MessageTemplate]:
        return {(row.kind, row.language): row for row in MessageTemplate.objects.all()}

    def of(self, kind: MessageKind, language: str) -> MessageTemplate | None:
        return self._rows.get((kind, language)) if kind in EDITABLE else None

    def wording(
        self, *, kind: MessageKind, language: str, context: Context
    ) -> tuple[str, str]:
        """Subject and body, in the active language, of the city or else of the product."""
        row = self.of(kind, language)
        if row is None:
            return standard_wording(kind=kind, context=context)
        return filled(kind=kind, subject=row.subject, body=row.body, context=context)


def standard_wording(*, kind: MessageKind, context: Context) -> tuple[str, str]:
    """From `enrollments/mail/<kind>.txt`."""
    return mail_text(f"enrollments/mail/{kind}.txt", context)


def filled(
    *, kind: MessageKind, subject: str, body: str, context: Context
) -> tuple[str, str]:
    """A line that has placeholders, all of them empty, is left out ("理由: {理由}")."""
    words = {**context, "over": kind in OVER}
    lines = (_line(kind, line, words) for line in body.splitlines())
    whole = "\n".join(line for line in lines if line is not None).strip() + "\n"
    return " ".join((_line(kind, subject, words) or "").split()), whole


def tidy_wording(text: str) -> str:
    """Braces as a Japanese keyboard writes them, and spaces inside them, count too."""
    half = text.replace("｛", "{").replace("｝", "}").replace("\r\n", "\n")
    return BRACED.sub(lambda found: f"{{{_name(found[1])}}}", half).strip()


def faults_of(*, kind: MessageKind, subject: str, body: str) -> list[str]:
    """Why this wording cannot be used; empty when it can. For tidied texts."""
    faults = []
    if not subject or not body:
        faults.append(_("件名と本文の両方を書いてください。"))
    if "\n" in subject or len(subject) > SUBJECT_LIMIT:
        faults.append(_("件名は1行、200文字までにしてください。"))
    both = f"{subject}\n{body}"
    faults += [_unknown(kind, name) for name in _names(both) if name not in by_name(kind)]
    if "{" in BRACED.sub("", both) or "}" in BRACED.sub("", both):
        faults.append(_("{ と } は、差込みの前後にだけ、組にして使ってください。"))
    faults += [
        _("「%(token)s」がありません。これがないと、お知らせの用が足りません。")
        % {"token": _or(group)}
        for group in NEEDED.get(kind, ())
        if not _has_one(kind, body, group)
    ]
    return faults


def doubts_of(*, kind: MessageKind, subject: str, body: str) -> list[str]:
    """What a reader would miss; it may be saved all the same."""
    both = f"{subject}\n{body}"
    return [
        _("「%(token)s」がありません。") % {"token": _or(group)}
        for group in wished(kind)
        if not _has_one(kind, both, group)
    ]


def save_wording(
    *,
    kind: MessageKind,
    language: str,
    subject: str,
    body: str,
    by: User,
    at: datetime,
) -> MessageTemplate:
    """Raises: NotAllowed, WordingRefused."""
    if not may_word_messages(by) or kind not in EDITABLE or language not in LANGUAGES:
        raise NotAllowed
    subject, body = tidy_wording(subject), tidy_wording(body)
    faults = faults_of(kind=kind, subject=subject, body=body)
    if faults:
        raise WordingRefused(faults)
    with transaction.atomic():
        own, _made = MessageTemplate.objects.update_or_create(
            kind=kind,
            language=language,
            defaults={
                "subject": subject,
                "body": body,
                "changed_at": at,
                "changed_by": by,
            },
        )
    return own


def return_to_standard(*, kind: MessageKind, language: str, by: User) -> bool:
    """Whether there was a wording of the city's own. Raises: NotAllowed."""
    if not may_word_messages(by):
        raise NotAllowed
    number, _each = MessageTemplate.objects.filter(kind=kind, language=language).delete()
    return bool(number)


def _line(kind: MessageKind, line: str, context: Context) -> str | None:
    """Values are put in once: braces in somebody's name mean nothing."""
    named = by_name(kind)
    values = {
        name: str(named[name].value(context)) if name in named else ""
        for name in _names(line)
    }
    if values and not any(values.values()):
        return None
    return BRACED.sub(lambda found: values[found[1]], line)


def _names(text: str) -> list[str]:
    """Each once, in order."""
    return list(dict.fromkeys(BRACED.findall(text)))


def _name(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip()


def _unknown(kind: MessageKind, name: str) -> str:
    near = get_close_matches(name, by_name(kind), n=1, cutoff=0.5)
    if near:
        return _("「{%(name)s}」という差込みはありません。「{%(near)s}」でしょうか。") % {
            "name": name,
            "near": near[0],
        }
    return _("「{%(name)s}」という差込みはありません。下の一覧から選んでください。") % {
        "name": name
    }


def _has_one(kind: MessageKind, text: str, group: Sequence[Placeholder]) -> bool:
    named = by_name(kind)
    return any(named.get(name) in group for name in _names(text))


def _or(group: Sequence[Placeholder]) -> str | Promise:
    return _("」か「").join(f"{{{one.japanese}}}" for one in group)
