"""検索の言葉 in the back office: synonyms, and words that found nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button, ListingButton

from accounts.domain.refusal import Refusal
from accounts.viewsets import ListViewSet
from cms.forms.synonyms import NewSynonymGroupForm, SynonymGroupForm
from cms.models import SearchMiss, SynonymGroup


class SynonymIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[SynonymGroup]:
        """One line each, however many of its words were searched for."""
        return super().get_base_queryset().prefetch_related("words").distinct()


class RefusedInTheForm:
    """Somebody else may have written one of the words a moment ago."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Refusal as refusal:
            form.add_error("words", str(refusal))
            return self.form_invalid(form)  # type: ignore[attr-defined]


class EditSynonymsView(RefusedInTheForm, generic.EditView):
    pass


class NewSynonymsView(RefusedInTheForm, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """Reached from a miss, its text stands there already."""
        number = self.request.GET.get("miss", "")
        known = number.isascii() and number.isdigit() and len(number) < 19
        missed = SearchMiss.objects.filter(pk=number).first() if known else None
        return {**super().get_initial(), **({"words": f"{missed}\n"} if missed else {})}


class SynonymGroupViewSet(ListViewSet):
    model = SynonymGroup
    icon = "comment"
    menu_label = _("言いかえ")
    list_display = ["__str__"]
    search_fields = ["words__written"]
    index_view_class = SynonymIndexView
    add_view_class = NewSynonymsView
    edit_view_class = EditSynonymsView

    def get_form_class(self, for_update: bool = False) -> type[SynonymGroupForm]:
        return SynonymGroupForm if for_update else NewSynonymGroupForm


class MissIndexView(generic.IndexView):
    """Only texts that may be read, most asked first. A row leads to the form in which
    the word becomes a synonym."""

    default_ordering = ["-times_asked", "-last_asked_on"]

    def get_base_queryset(self) -> QuerySet[SearchMiss]:
        return super().get_base_queryset().exclude(text="")

    def get_add_url(self) -> None:
        return None

    def get_edit_url(self, instance: SearchMiss) -> str:
        return f"{reverse('synonyms:add')}?miss={instance.pk}"

    def get_list_more_buttons(self, instance: SearchMiss) -> list[Any]:
        add = ListingButton(_("言いかえに加える"), url=self.get_edit_url(instance))
        away = self.get_delete_url(instance)
        delete = Button(_("一覧から除く"), url=away, icon_name="bin", priority=30)
        return [add, *([delete] if away else [])]


class SearchMissViewSet(ListViewSet):
    model = SearchMiss
    icon = "search"
    menu_label = _("見つからなかった言葉")
    form_fields = ["text"]
    list_display = ["text", "times_asked", "last_asked_on", "first_asked_on"]
    search_fields = ["text"]
    index_view_class = MissIndexView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Misses are counted, not written: they can be looked at and taken off."""
        views = super().get_urlpatterns()
        return [view for view in views if view.name not in {"add", "edit"}]


class SearchGroup(ViewSetGroup):
    menu_label = _("検索の言葉")
    menu_icon = "search"
    menu_order = 210
    items = (SynonymGroupViewSet("synonyms"), SearchMissViewSet("search_misses"))
