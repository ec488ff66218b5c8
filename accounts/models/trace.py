"""What is done to a row is written beside it: when, and by whom."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Trace(models.Model):
    """`by` is none for whoever came without an account, and for what falls due by itself;
    the row stays when an account goes."""

    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        abstract = True


class StateTrace(Trace):
    """One step along a table of states. Each kind declares its own two states, and why;
    where `from_state` may be empty, that is how it began."""

    from_state: "models.CharField[Any, Any]"
    to_state: "models.CharField[Any, Any]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
