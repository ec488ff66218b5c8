"""For which section somebody brings something."""

from typing import Any

from accounts.domain.sections import section_of
from accounts.models import Department


def offer_sections(field: Any, user: Any, *, for_none: Any) -> None:
    """Officers have their own; administrators may choose, or leave it: `for_none` says what
    that means."""
    section = section_of(user)
    if user.is_superuser:
        field.queryset = Department.objects.all()
        field.required = False
        field.empty_label = for_none
    elif section:
        field.queryset = Department.objects.filter(pk=section.pk)
        field.empty_label = None
    field.initial = section
