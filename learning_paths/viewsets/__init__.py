"""Paths and the register of groups in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.viewsets import ListViewSet
from learning_paths.forms.back_office import PathForm
from learning_paths.models import Path
from learning_paths.viewsets.checks import StageCheckViewSet
from learning_paths.viewsets.groups import GroupViewSet


class PathViewSet(ListViewSet):
    model = Path
    icon = "list-ol"
    list_display = ["name", "stage", "is_published"]
    list_filter = ["stage", "is_published"]
    search_fields = ["name", "description"]
    create_template_name = "learning_paths/manage/path_form.html"
    edit_template_name = "learning_paths/manage/path_form.html"

    def get_form_class(self, for_update: bool = False) -> type[PathForm]:
        return PathForm


class GroupsAndPaths(ViewSetGroup):
    menu_label = _("団体と道すじ")
    menu_icon = "group"
    menu_order = 220
    items = (
        GroupViewSet("civic_groups"),
        PathViewSet("learning_paths"),
        StageCheckViewSet("stage_checks", url_prefix="stage_checks"),
    )
