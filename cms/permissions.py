"""Who may do what in the back office: pages by section, everything else by role.

Everybody who works on courses may add them; what exists may be changed only by its
own section. Wagtail's group permissions say what a role may do at all, the tester
below takes away what belongs to another section.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.models import PagePermissionTester as WagtailTester

from accounts.domain.sections import works_for

OFFICERS, ADMINISTRATORS = "担当者", "管理者"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
# Officers keep the lists that courses are made from; sections and staff are not theirs.
OFFICER_MODELS = ("venue", "room", "instructor", "partner", "series", "seriesunit")
ADMINISTRATOR_APPS = ("accounts", "courses", "learning_paths")


class SectionPageTester(WagtailTester):
    """No right at all on the page of another section's course."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        course = getattr(page, "course", None)
        if course is not None and not works_for(user, course.department):
            self.permissions = set()


def set_up_roles() -> tuple[Group, Group]:
    """Make or bring up to date the two roles; safe to run again."""
    from cms.models import CatalogueIndexPage, HomePage

    officers, _made = Group.objects.get_or_create(name=OFFICERS)
    administrators, _made = Group.objects.get_or_create(name=ADMINISTRATORS)
    access = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    own_lists = Permission.objects.filter(
        content_type__app_label="courses", content_type__model__in=OFFICER_MODELS
    ).exclude(codename__startswith="delete")
    officers.permissions.set([*access, *own_lists])
    everything = Permission.objects.filter(
        content_type__app_label__in=ADMINISTRATOR_APPS
    ) | Permission.objects.filter(content_type__app_label="wagtailredirects")
    administrators.permissions.set([*access, *everything])
    for group, page in (
        (officers, CatalogueIndexPage.objects.first()),
        (administrators, HomePage.objects.first()),
    ):
        if page is not None:
            _give_page_rights(group, page)
        _give_collection_rights(group)
    return officers, administrators


def _give_page_rights(group: Group, page: Any) -> None:
    for right in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=PAGE_RIGHTS,
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)


def _give_collection_rights(group: Group) -> None:
    root = Collection.get_first_root_node()
    for right in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__in=("add_image", "choose_image", "add_document", "choose_document"),
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=right
        )
