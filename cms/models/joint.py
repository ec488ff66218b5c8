"""Joint sessions (市民・職員合同学習会): a course's page with what both sides bring.
Places, dates, tables and what was found together are facts of the run."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from cms.models.catalogue import CoursePage
from cms.models.prose import ProsePage, lines_of
from enrollments.domain.shared_findings.reading import told_of, words_of


class JointSessionIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.JointSessionPage"]
    max_count = 1
    template = "cms/joint_index.html"

    class Meta:
        verbose_name = _("合同学習会の一覧")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.joint import joint_index_context

        context = super().get_context(request, *args, **kwargs)
        chosen = {name: request.GET.get(name, "") for name in ("theme", "area")}
        return {**context, **joint_index_context(at=timezone.now(), **chosen)}

    def permissions_for_user(self, user: Any) -> Any:
        from cms.permissions import IndexPageTester

        return IndexPageTester(user, self)


class JointSessionPage(CoursePage):
    why = models.TextField(
        _("なぜ一緒に学ぶのか"),
        blank=True,
        help_text=_("市民だけ、職員だけでは見えないことを書きます。"),
    )
    citizens_bring = models.TextField(
        _("市民が持ち寄るもの"), blank=True, help_text=_("1行に一つずつ書いてください。")
    )
    staff_bring = models.TextField(
        _("職員が持ち寄るもの"), blank=True, help_text=_("1行に一つずつ書いてください。")
    )
    questions = models.TextField(
        _("一緒に考える問い"), blank=True, help_text=_("1行に一つずつ書いてください。")
    )
    staff_way_in = models.CharField(
        _("職員の申込方法"),
        max_length=200,
        blank=True,
        help_text=_(
            "空けておくと「所属する課を通して、担当課に申し込みます。」となります。"
        ),
    )

    parent_page_types = ["cms.JointSessionIndexPage"]
    subpage_types: list[str] = []
    template = "cms/joint.html"

    content_panels = [
        *CoursePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("why"),
                FieldPanel("citizens_bring"),
                FieldPanel("staff_bring"),
                FieldPanel("questions"),
                FieldPanel("staff_way_in"),
            ],
            heading=_("ともに学ぶこと"),
        ),
    ]
    search_fields = [
        *CoursePage.search_fields,
        index.SearchField("why"),
        index.SearchField("citizens_bring"),
        index.SearchField("staff_bring"),
        index.SearchField("questions"),
        index.SearchField("findings_words"),
    ]

    class Meta:
        verbose_name = _("合同学習会のページ")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.joint import audience_places

        context = super().get_context(request, *args, **kwargs)
        told = told_of([self.course]) if self.course_id else []
        view, now = context["view"], timezone.now()
        return {
            **context,
            "places": audience_places(self, view, at=now),
            "told": told,
        }

    @property
    def findings_words(self) -> str:
        """For the search: what both sides agreed to publish."""
        return words_of(told_of([self.course])) if self.course_id else ""

    @property
    def citizens_lines(self) -> list[str]:
        return lines_of(self.citizens_bring)

    @property
    def staff_lines(self) -> list[str]:
        return lines_of(self.staff_bring)

    @property
    def question_lines(self) -> list[str]:
        return lines_of(self.questions)
