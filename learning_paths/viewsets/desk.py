"""Title and trail of a page of the register in the back office."""

from typing import Any

from django.urls import reverse

from learning_paths.models import Group


def desk_page(title: str, group: Group | None = None) -> dict[str, Any]:
    trail = [
        {"url": reverse("civic_groups:index"), "label": Group._meta.verbose_name_plural}
    ]
    if group is not None:
        edit = reverse("civic_groups:edit", args=[group.pk])
        trail.append({"url": edit, "label": group.name})
    return {
        "group": group,
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
    }
