"""承認: whether the city wants it, and the step in which a head of the section gives it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, TaskState


@register_setting(icon="check")
class PublishingSettings(BaseSiteSetting):
    needs_approval = models.BooleanField(
        _("講座の公開に課長の承認が必要"),
        default=False,
        help_text=_(
            "入れると、担当者は講座を公開できなくなり、課長に承認を依頼します。"
            "公開中の講座に加えた開催も、課長が公開するまで準備中になります。"
        ),
    )

    panels = [FieldPanel("needs_approval")]

    class Meta:
        verbose_name = _("公開の決まり")


class SendBackForm(TaskStateCommentForm):
    """The officer has to know what to change."""

    comment = forms.CharField(
        label=_("直してほしいこと"), widget=forms.Textarea(attrs={"rows": 3})
    )


class SectionHeadTask(Task):
    """Approved by a head of the section that owns the page's course. The request locks
    the page for everybody else, so that what goes public is what was read."""

    class Meta:
        verbose_name = _("課長の承認")

    @classmethod
    def get_description(cls) -> Any:
        return _("講座の担当課の課長・責任者が承認します。")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return _approves(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        from cms.approval import is_needed

        return is_needed() and not _approves(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not _approves(user, obj):
            return []
        return [("reject", _("差し戻す"), True), ("approve", _("承認して公開する"), False)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return SendBackForm if action == "reject" else super().get_form_for_action(action)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any
    ) -> Any:
        """Every way to approve comes through here, Wagtail's editor too."""
        from cms.approval import require_approver, require_current

        require_approver(user, task_state.workflow_state.content_object.specific)
        if action_name == "approve":
            require_current(task_state)
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise ValidationError(str(_("直してほしいことを書いてください。")))
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        from cms.approval import waiting_for

        return TaskState.objects.filter(
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__in=waiting_for(user),
        )


def _approves(user: Any, page: Any) -> bool:
    from cms.approval import is_approver

    return is_approver(user, page.specific)
