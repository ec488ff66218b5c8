"""How long somebody learned, in words."""

from django.utils.translation import gettext as _

HOUR = 60


def hours_words(minutes: int) -> str:
    """2時間, 45分, 2時間30分."""
    said = {"hours": minutes // HOUR, "minutes": minutes % HOUR}
    if not said["hours"]:
        return _("%(minutes)s分") % said
    if not said["minutes"]:
        return _("%(hours)s時間") % said
    return _("%(hours)s時間%(minutes)s分") % said
