"""講師: known by number, else by name and reading. An empty cell leaves what is there;
consent is recorded by its own act, approval never comes with a list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.domain.kept_lists import InUse, keep, require_sound, take_out
from courses.domain.people import record_consent
from courses.enums import RowOutcome
from courses.exchange.columns.choices import Several
from courses.exchange.columns.persons import kana_of, name_of
from courses.exchange.instructor_columns import INSTRUCTOR_COLUMNS
from courses.exchange.name_columns import NAME_COLUMNS
from courses.exchange.plans.differing import differences
from courses.exchange.plans.kept import facts_of, require_unchanged, texts_of
from courses.exchange.plans.resource import PlanResource
from courses.exchange.plans.row import Made, ReadRow, RowPlan
from courses.models import Instructor, Theme

FULL = ("full_name", "full_name_kana")
NAMES = tuple(one.name for one in NAME_COLUMNS if one.name not in FULL)
FACTS = tuple(
    one.name for one in INSTRUCTOR_COLUMNS if one.name not in (*FULL, *NAMES, "pk")
)
# Not a column of the row: kept by an act or in rows of their own.
APART = frozenset({"themes", "consents_to_publish", "consented_on"})


class Known:
    """As the instructor will be after the rows so far."""

    def __init__(self, pk: int | None, facts: dict[str, Any]) -> None:
        self.pk, self.facts = pk, facts

    @property
    def name(self) -> tuple[str, ...]:
        return tuple(self.facts.get(name, "") for name in NAMES)


class InstructorResource(PlanResource):
    columns = INSTRUCTOR_COLUMNS
    about_people = True

    def begin(self, *, lock: bool) -> None:
        self.by_pk: dict[int, Known] = {}
        self.by_name: dict[tuple[str, ...], list[Known]] = {}
        self.themes = {
            theme.name: theme.pk for theme in Theme.objects.filter(parent__isnull=False)
        }

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        pks = {row.get("pk") for row in rows if row.get("pk")}
        families = {
            row.get("family_name") or row.get("full_name").split(" ")[0] for row in rows
        }
        found = Instructor.objects.filter(Q(pk__in=pks) | Q(family_name__in=families))
        for person in found.exclude(pk__in=self.by_pk).prefetch_related("themes"):
            self._remember(_known(person))

    def _remember(self, known: Known) -> None:
        if known.pk:
            self.by_pk[known.pk] = known
        self.by_name.setdefault(known.name, []).append(known)

    def plan(self, row: ReadRow) -> RowPlan:
        said = self._said(row)
        known = self._find(row, said)
        is_new = known is None
        if known is None:
            known = Known(None, {})
        before = dict(known.facts)
        after = {**before, **said}
        label = f"{after['family_name']} {after['given_name']}"
        changes = differences(INSTRUCTOR_COLUMNS, before, said)
        plain = {name: value for name, value in after.items() if name not in APART}
        require_sound(Instructor(**plain), unique=False)
        known.facts.update(said)
        if is_new:
            self._remember(known)
        elif not changes:
            return RowPlan(RowOutcome.UNCHANGED, label)
        outcome = RowOutcome.NEW if is_new else RowOutcome.CHANGED
        return RowPlan(
            outcome,
            label,
            changes=changes,
            act=lambda: [self._keep(known, None if is_new else before, said)],
        )

    def _said(self, row: ReadRow) -> dict[str, Any]:
        """Raises: ValueError where a name cannot be cut."""
        said = {name: row.values[name] for name in FACTS if name in row.given}
        if row.given & {"full_name", "family_name", "given_name"} or not row.get("pk"):
            name = name_of(
                *(row.get(n) for n in ("full_name", "family_name", "given_name")),
                what=_("氏名"),
            )
            kana = kana_of(
                *(
                    row.get(n)
                    for n in ("full_name_kana", "family_name_kana", "given_name_kana")
                )
            )
            said |= dict(
                zip(NAMES, (name.family, name.given, kana.family, kana.given), strict=True)
            )
        if "themes" in said:
            said["themes"] = self._cut(said["themes"])
            unknown = [one for one in said["themes"] if one not in self.themes]
            if unknown:
                words = _(
                    "「%(names)s」というテーマはありません。テーマの一覧の名前にしてください。"
                )
                raise ValueError(words % {"names": "、".join(unknown)})
        if said.get("consents_to_publish") is False:
            said.pop("consented_on", None)
        elif said.get("consents_to_publish") is None:
            said.pop("consents_to_publish", None)
            said.pop("consented_on", None)
        return said

    def _cut(self, words: Sequence[str]) -> tuple[str, ...]:
        """防災・福祉 are two themes, コンプライアンス・社会的責任 is one."""
        names = {
            name
            for word in words
            for name in ([word] if word in self.themes else Several.cuts.split(word))
        }
        return tuple(sorted(names))

    def _find(self, row: ReadRow, said: dict[str, Any]) -> Known | None:
        """Raises: ValueError."""
        if row.get("pk"):
            found = self.by_pk.get(row.get("pk"))
            if found is None:
                words = _("講師番号 %(number)s の講師はいません。")
                raise ValueError(words % {"number": row.get("pk")})
            return found
        namesakes = self.by_name.get(tuple(said[name] for name in NAMES), [])
        if len(namesakes) > 1:
            words = _("同じ氏名の講師が%(count)d人います。講師番号の列を加えてください。")
            raise ValueError(words % {"count": len(namesakes)})
        return namesakes[0] if namesakes else None

    def _keep(
        self, known: Known, before: dict[str, Any] | None, said: dict[str, Any]
    ) -> Made:
        person = Instructor.objects.get(pk=known.pk) if known.pk else Instructor()
        self._write(person, said)
        known.pk = person.pk
        self.by_pk[person.pk] = known
        after = {
            name: value for name, value in _known(person).facts.items() if name in said
        }
        was = {name: before.get(name) for name in said} if before is not None else None
        return {
            "pk": person.pk,
            "before": None if was is None else texts_of(INSTRUCTOR_COLUMNS, was),
            "after": texts_of(INSTRUCTOR_COLUMNS, after),
        }

    def _write(self, person: Instructor, said: dict[str, Any]) -> None:
        by, at = self.setting.by, self.setting.at
        for name, value in said.items():
            if name not in APART:
                setattr(person, name, value)
        keep(row=person, by=by, at=at)
        if "themes" in said:
            person.themes.set([self.themes[name] for name in said["themes"]])
        if "consents_to_publish" in said or "consented_on" in said:
            agreed = bool(said.get("consents_to_publish", person.consents_to_publish))
            on: date | None = said.get("consented_on") or person.consented_on
            record_consent(instructor=person, agreed=agreed, on=on, by=by, at=at)
            person.refresh_from_db()
        self.touched.append(person)

    def undo(self, made: Made) -> None:
        rows = Instructor.objects.select_for_update(of=("self",))
        person = rows.filter(pk=made["pk"]).first()
        if person is None:
            return
        now = _known(person).facts
        require_unchanged(INSTRUCTOR_COLUMNS, now, made["after"], person)
        if made["before"] is None:
            if person.courses.exists():
                raise InUse(person)
            take_out(row=person, by=self.setting.by, at=self.setting.at)
        else:
            self._write(person, facts_of(INSTRUCTOR_COLUMNS, made["before"]))


def _known(person: Instructor) -> Known:
    facts = {name: getattr(person, name) for name in (*NAMES, *FACTS)}
    facts["themes"] = tuple(sorted(theme.name for theme in person.themes.all()))
    return Known(person.pk, facts)
