"""The catalogue and the page of a course. A page is prose; the run is a fact."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.search import index

from accounts.models import Department
from cms.models.prose import ProsePage, lines_of
from cms.models.section_owned import SectionOwned
from cms.search.facts import course_words, with_facts
from courses.domain.former_addresses import SlugTaken, taken_by_another
from courses.models import Course


def wants_changes(request: Any) -> bool:
    """Asked by script for a part of the page; going back asks for the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request


class CatalogueIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CoursePage"]
    max_count = 1
    template = "cms/catalogue.html"
    changed_template = "cms/_catalogue_changed.html"

    class Meta:
        verbose_name = _("講座の一覧")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.catalogue import catalogue_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **catalogue_context(request.GET, at=timezone.now())}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """To a changed checkbox only what changes with it is answered."""
        return self.changed_template if wants_changes(request) else self.template

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        if request.htmx:
            # Under the same address as the whole page: no cache may mix them up.
            response["Cache-Control"] = "no-store"
        if wants_changes(request):
            query = response.context_data["own_query"]
            response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
        return response

    def permissions_for_user(self, user: Any) -> Any:
        from cms.permissions import IndexPageTester

        return IndexPageTester(user, self)


class CoursePage(SectionOwned, ProsePage):
    course = models.ForeignKey(
        "courses.Course",
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name=_("講座"),
    )
    outcomes = models.TextField(
        _("できるようになること"),
        blank=True,
        help_text=_("1行に一つずつ書いてください。"),
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("表紙の画像"),
    )

    parent_page_types = ["cms.CatalogueIndexPage"]
    subpage_types: list[str] = []
    template = "cms/course.html"

    content_panels = [
        *ProsePage.content_panels,
        FieldPanel("outcomes"),
        FieldPanel("cover"),
    ]
    search_fields = [
        *ProsePage.search_fields,
        index.SearchField("outcomes"),
        index.SearchField("course_words"),
    ]

    class Meta:
        verbose_name = _("講座のページ")
        constraints = [
            models.UniqueConstraint(fields=["course"], name="cms_coursepage_once")
        ]

    def clean(self) -> None:
        """The course takes over address and title, so they have to suit it too."""
        super().clean()
        errors: dict[str, Any] = {}
        for name in ("slug", "title"):
            try:
                Course._meta.get_field(name).run_validators(getattr(self, name))
            except ValidationError as error:
                errors[name] = error
        if taken_by_another(self.slug, course=self.course if self.course_id else None):
            errors["slug"] = SlugTaken.sentence
        if errors:
            raise ValidationError(errors)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.course_page import course_context, own_wish

        context = super().get_context(request, *args, **kwargs)
        shown = course_context(self.course, at=timezone.now(), intro=self.intro)
        wish = own_wish(self.course, request) if shown["wait_for"] else None
        return {**context, **shown, "own_wish": wish}

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """With what `course_words` reads, so that a rebuild is a few queries."""
        return with_facts(super().get_indexed_objects())

    def course_words(self) -> list[str]:
        """The course's own facts, searched together with the prose."""
        return course_words(self.course)

    @property
    def outcome_lines(self) -> list[str]:
        return lines_of(self.outcomes)

    @property
    def section(self) -> Department:
        """The section (課) whose page this is."""
        return self.course.department
