"""A template is everybody's or one section's; only that section may change or delete it,
and those of everybody only an administrator."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import require_section
from accounts.models import Department, User
from courses.enums import CourseKind
from courses.models import CourseTemplate


class TemplateNeedsName(Refusal):
    sentence = _("ひな形の名前を入力してください。")


def templates_for(section: Department | None, user: User) -> QuerySet[CourseTemplate]:
    """Everybody's, and the section's own; an administrator sees all."""
    found = CourseTemplate.objects.select_related("department")
    if user.is_superuser:
        return found.all()
    return found.filter(Q(department__isnull=True) | Q(department=section))


def save_template(
    *,
    name: str,
    kind: CourseKind,
    values: Mapping[str, Any],
    department: Department,
    by: User,
) -> CourseTemplate:
    """The section's template of that name; the same name again replaces it.

    Raises: NotAllowed (another section), TemplateNeedsName.
    """
    require_section(by, department)
    if not name.strip():
        raise TemplateNeedsName
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=department.pk)
        template, _made = CourseTemplate.objects.update_or_create(
            department=department,
            name=name.strip(),
            defaults={"kind": kind, "values": dict(values)},
        )
    return template


def delete_template(*, template: CourseTemplate, by: User) -> None:
    """Courses made from it stay as they are. Raises: NotAllowed."""
    if not may_delete(template, by):
        raise NotAllowed
    template.delete()


def may_delete(template: CourseTemplate, user: User) -> bool:
    if template.department is None:
        return user.is_superuser
    try:
        require_section(user, template.department)
    except NotAllowed:
        return False
    return True
