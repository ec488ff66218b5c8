"""ひな形: the values of the form for a new course that are worth keeping, and the way back.

Values are those that a browser sends, by the names of the fields. When a template is
used each is checked as if it were typed now; what can no longer be chosen is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.contact import tidy_text
from accounts.models import User
from cms.forms.beginning import Beginning
from cms.forms.course import FactsForm, ProseForm
from cms.forms.partners import PartnerForm, every_partner
from cms.forms.repeat import TIME, RepeatForm
from cms.forms.run import RunForm
from cms.forms.sessions import room_choices, rooms_now
from cms.forms.template_rows import rows_from, rows_kept
from cms.forms.whole_course import CourseForms
from courses.enums import PoolKind, RepeatEvery
from courses.models import CourseTemplate

Values = dict[str, Any]
OF_FACTS = (
    "kind",
    "stages",
    "themes",
    "audiences",
    "competencies",
    "instructors",
    "co_hosts",
)
OF_PROSE = ("text", "outcomes")
# Dates, and what names one offering, are said anew each time.
NOT_OF_RUN = {
    *("label", "is_planned", "applications_open_at", "applications_close_at"),
    *("paper_deadline", "withdraw_until", "decide_on", "results_at"),
}
OF_REPEAT = (
    "every",
    "count",
    "begins",
    "ends",
    "room",
    "weekdays",
    "weeks",
    "on_holidays",
)
PLACES = {
    f"capacity_{PoolKind.GENERAL}": "capacity",
    f"capacity_{PoolKind.CITIZENS}": "capacity",
    f"capacity_{PoolKind.STAFF}": "staff_capacity",
    f"capacity_{PoolKind.GROUPS}": "group_capacity",
    f"capacity_{PoolKind.ONLINE}": "online_capacity",
}
WEEKS = {7: RepeatEvery.WEEK, 14: RepeatEvery.OTHER_WEEK}


class TemplateNameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("ひな形の名前"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "日付と講座名のほかを残します。同じ名前のひな形は置きかえます。"
        ),
    )

    def clean_name(self) -> str:
        return tidy_text(self.cleaned_data["name"])


def values_of(said: CourseForms) -> Values:
    """What the forms hold at the moment, whether or not it could be saved."""
    found = {
        **_kept(said.facts, OF_FACTS),
        **_kept(said.prose, OF_PROSE),
        **_kept(said.repeat, OF_REPEAT),
        **_rhythm(said),
        "partners": [
            {"partner": str(each.partner.pk), "relation": str(each.relation)}
            for each in _partnerships(said)
        ],
    }
    if not said.with_run:
        return found
    return found | _of_run(said.run) | {"rows": rows_kept(said.rows)}


def _of_run(form: RunForm) -> Values:
    """Pools of an existing run go back to the fields of a new one."""
    places = set(form.place_names) - {"capacity"}
    names = [name for name in form.fields if name not in NOT_OF_RUN]
    found = {}
    for key, value in _kept(form, names).items():
        name = key.removeprefix("run-")
        if name not in places:
            found[key] = value
        elif name in PLACES:
            found[f"run-{PLACES[name]}"] = value
    return found


def beginning_from(template: CourseTemplate, *, user: User) -> Beginning:
    rooms = rooms_now()
    blank = {
        "facts": FactsForm(user=user),
        "prose": ProseForm(),
        "run": RunForm(first=True),
        "repeat": RepeatForm(rooms=rooms, choices=room_choices(rooms)),
    }
    taken: dict[str, Values] = {prefix: {} for prefix in blank}
    lost: list[str] = []
    for prefix, form in blank.items():
        for name, field in form.fields.items():
            value = template.values.get(f"{prefix}-{name}")
            kept = None if value is None else _still_good(field, value)
            if kept is not None:
                taken[prefix][name] = kept
            if kept != value:
                lost.append(str(field.label))
    partners = list(_partners(template.values.get("partners", []), lost))
    rows = rows_from(template.values, lost)
    return Beginning(
        source=_("ひな形「%(name)s」") % {"name": template.name},
        notes=list(_about(lost)),
        partners=partners,
        rows=rows,
        **taken,
    )


def _kept(form: forms.BaseForm, names: Iterable[str]) -> Values:
    """As sent; what would not be taken now is left out."""
    found = {}
    for name in names:
        if name not in form.fields:
            continue
        sent = form[name].data
        value = sent.pk if hasattr(sent, "pk") else sent
        if value in (None, "", []):
            continue
        if _still_good(form.fields[name], value) == value:
            found[form.add_prefix(name)] = value
    return found


def _still_good(field: forms.Field, value: Any) -> Any:
    """The value, or what is left of a list of choices; none if nothing is."""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        each = value if isinstance(value, list) else []
        return [one for one in each if _is_taken(field, [one])] or None
    return value if _is_taken(field, value) else None


def _is_taken(field: forms.Field, value: Any) -> bool:
    try:
        field.clean(value)
    except (forms.ValidationError, TypeError, ValueError):
        return False
    return True


def _rhythm(said: CourseForms) -> Values:
    """Number, hours, room and rhythm of the rows that were filled in."""
    rows = said.sessions.filled() if said.with_run else []
    if not rows:
        return {}
    days = [row["day"] for row in rows]
    gap = (days[1] - days[0]).days if len(days) > 1 else 7
    found = {
        "every": str(WEEKS.get(gap, RepeatEvery.WEEK)),
        "count": str(len(rows)),
        "begins": rows[0]["begins"].strftime(TIME),
        "ends": rows[0]["ends"].strftime(TIME),
        "room": rows[0]["room"],
    }
    return {f"repeat-{name}": value for name, value in found.items() if value}


def _partnerships(said: CourseForms) -> Iterable[Any]:
    return said.partners.partnerships() if said.partners.is_valid() else ()


def _partners(
    rows: Iterable[Mapping[str, str]], lost: list[str]
) -> Iterator[dict[str, str]]:
    every = every_partner()
    for row in rows:
        if (
            PartnerForm(dict(row), partners=every).is_valid()
            and row.get("partner") in every
        ):
            yield {"partner": row["partner"], "relation": row["relation"]}
        else:
            lost.append(_("団体・機関"))


def _about(lost: Iterable[str]) -> Iterator[str]:
    names = list(dict.fromkeys(lost))
    if names:
        words = _(
            "ひな形にあった「%(fields)s」には、いまは選べないものがあったので外しました。"
        )
        yield words % {"fields": "」「".join(names)}
