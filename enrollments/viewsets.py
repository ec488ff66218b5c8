"""学びの節目 in the back office."""

from django.utils.translation import gettext_lazy as _

from accounts.viewsets import ListViewSet
from enrollments.models import Milestone


class MilestoneViewSet(ListViewSet):
    """What the city honours; people's records follow it at once."""

    model = Milestone
    icon = "pick"
    menu_label = _("学びの節目")
    menu_order = 118
    add_to_admin_menu = True
    list_display = ["name", "span", "sessions"]
    list_filter = ["span"]
    form_fields = ["name", "name_en", "span", "sessions"]
