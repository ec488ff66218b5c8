"""公開の予定: from when and until when a page is public."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from cms.forms.moments import moment_field
from cms.models import CoursePage
from cms.scheduling import GoesLiveInThePast, Schedule, schedule_of


class ScheduleForm(forms.Form):
    go_live_at = moment_field(
        _("公開する日時"), _("空けておくと「公開する」を押したときに公開されます。")
    )
    expire_at = moment_field(
        _("公開を終える日時"), _("空けておくと、公開したままになります。")
    )

    def __init__(self, *args: Any, page: CoursePage | None = None, **kwargs: Any) -> None:
        said = schedule_of(page, at=timezone.now())
        kwargs["initial"] = vars(said) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        try:
            self.schedule().check(at=timezone.now())
        except Refusal as refusal:
            early = isinstance(refusal, GoesLiveInThePast)
            field = "go_live_at" if early else "expire_at"
            self.add_error(field, str(refusal.sentence))
        return found

    def schedule(self) -> Schedule:
        said = self.cleaned_data
        return Schedule(said.get("go_live_at"), said.get("expire_at"))
