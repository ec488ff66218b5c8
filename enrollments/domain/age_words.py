"""How old a small child is, as parents say it: 8か月, 1歳8か月, 3歳."""

from django.utils.translation import gettext as _

YEAR = 12


def age_words(months: int) -> str:
    years, rest = divmod(months, YEAR)
    if not years:
        return _("%(months)sか月") % {"months": rest}
    if not rest:
        return _("%(years)s歳") % {"years": years}
    return _("%(years)s歳%(months)sか月") % {"years": years, "months": rest}
