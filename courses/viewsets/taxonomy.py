"""The words by which courses are sorted: stages, themes, competencies, audiences."""

from accounts.viewsets import ListViewSet
from courses.models import Audience, Competency, Stage, Theme


class StageViewSet(ListViewSet):
    model = Stage
    icon = "order"
    list_display = ["name", "sort_order", "is_autonomous", "name_is_provisional"]
    form_fields = [
        "name",
        "furigana",
        "name_en",
        "key",
        "sort_order",
        "description",
        "description_en",
        "colour",
        "is_autonomous",
        "name_is_provisional",
    ]


class ThemeViewSet(ListViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "branch", "parent"]
    list_filter = ["branch"]
    search_fields = ["name"]
    form_fields = ["name", "name_en", "key", "branch", "parent", "sort_order"]


class CompetencyViewSet(ListViewSet):
    model = Competency
    icon = "pick"
    form_fields = ["name", "name_en", "key", "description", "sort_order"]


class AudienceViewSet(ListViewSet):
    model = Audience
    icon = "group"
    list_display = ["name", "name_en", "sort_order"]
    form_fields = ["name", "name_en", "key", "sort_order"]
