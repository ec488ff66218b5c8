"""Sections and staff in the back office."""

from wagtail import hooks

from accounts.viewsets import AdministrationGroup


@hooks.register("register_admin_viewset")
def administration() -> AdministrationGroup:
    return AdministrationGroup()
