"""What a run asks and offers, in words: for its page, and for the record of changes."""

from datetime import date, datetime
from typing import Protocol

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.domain.changes import LANGUAGE
from courses.domain.fiscal_year import TOKYO
from courses.domain.requirement_words import requirement_words
from courses.domain.wording import until_words, yen_words
from courses.models import CourseRun, SupportOffer
from courses.models.localised import in_english

MONTHS_OF_A_YEAR = 12
# 就学前: a child of this age in months still has its sixth year before it.
BEFORE_SCHOOL = 83


class OfferOfSupport(Protocol):
    """An offer that is kept, or only planned."""

    @property
    def capacity(self) -> int | None: ...
    @property
    def min_age_months(self) -> int | None: ...
    @property
    def max_age_months(self) -> int | None: ...
    @property
    def fee(self) -> int: ...
    @property
    def note(self) -> str: ...


def conditions_words(run: CourseRun) -> str:
    """The run's conditions as one sentence, read anew."""
    rows = list(run.requirements.select_related("completed_course"))
    return requirement_words(rows, unit=run.capacity_unit)


def asked_words(run: CourseRun, *, at: datetime) -> dict[str, str]:
    """For the record of changes: conditions, questions and offers, read anew."""
    today = at.astimezone(TOKYO).date()
    with translation.override(LANGUAGE):
        offers = [offer_words(offer, today=today) for offer in run.support_offers.all()]
        asked = run.questions.filter(is_asked=True)
        return {
            _("対象の条件"): conditions_words(run),
            _("質問"): "、".join(question.label for question in asked),
            _("保育・支援"): "、".join(offers),
        }


def offer_words(offer: SupportOffer, *, today: date, english: bool = False) -> str:
    """保育（1歳から就学前まで、6人まで、1人300円、申込みは11月28日（土）まで）."""
    said = offer_details(offer, today=today, english=english)
    kind = str(offer.get_kind_display())
    return _("%(what)s（%(facts)s）") % {"what": kind, "facts": said} if said else kind


def offer_details(offer: SupportOffer, *, today: date, english: bool = False) -> str:
    """Until when it can be wished for, then what `offer_facts` says."""
    facts = [offer_facts(offer, english=english)]
    if offer.deadline:
        until = until_words(offer.deadline, today=today, english=english)
        facts.insert(0, _("希望は%(until)sまで") % {"until": until})
    return _("、").join(fact for fact in facts if fact)


def offer_facts(offer: OfferOfSupport, *, english: bool = False) -> str:
    """Ages, places, fee and note, in the order of the bulletin."""
    facts = [ages_words(offer)]
    if offer.capacity is not None:
        facts.append(
            ngettext("%(n)d人まで", "%(n)d人まで", offer.capacity) % {"n": offer.capacity}
        )
    if offer.fee:
        facts.append(_("1人%(fee)s") % {"fee": yen_words(offer.fee, english=english)})
    said = _("、").join(fact for fact in facts if fact)
    return f"{said}。{offer.note}" if said and offer.note else said or offer.note


def ages_words(offer: OfferOfSupport) -> str:
    """1歳6か月から就学前まで; empty without bounds."""
    least, most = offer.min_age_months, offer.max_age_months
    begin = _("%(age)sから") % {"age": age_words(least)} if least is not None else ""
    until = until_age_words(most) if most is not None else ""
    return (" " if in_english() else "").join(filter(None, (begin, until)))


def age_words(months: int) -> str:
    """From this age on: 10か月, 1歳, 1歳6か月."""
    years, rest = divmod(months, MONTHS_OF_A_YEAR)
    if not years:
        return ngettext("%(n)dか月", "%(n)dか月", rest) % {"n": rest}
    if not rest:
        return ngettext("%(n)d歳", "%(n)d歳", years) % {"n": years}
    return _("%(years)d歳%(months)dか月") % {"years": years, "months": rest}


def until_age_words(months: int) -> str:
    """Until this age, the whole year of it where it is the last month of one."""
    if months == BEFORE_SCHOOL:
        return _("就学前まで")
    whole = (months + 1) % MONTHS_OF_A_YEAR == 0 and months > MONTHS_OF_A_YEAR
    age = age_words(months + 1 - MONTHS_OF_A_YEAR if whole else months)
    return _("%(age)sまで") % {"age": age}
