"""What either side does to the findings, each act by its name in the form."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from enrollments.domain.shared_findings.agreeing import approve
from enrollments.domain.shared_findings.authors import Author
from enrollments.domain.shared_findings.following_up import follow_step
from enrollments.domain.shared_findings.reading import Draft
from enrollments.domain.shared_findings.refusals import NoSuchStep
from enrollments.domain.shared_findings.writing import write_findings
from enrollments.forms.shared_findings import FindingsForms, FollowForm


class Acted:
    """How an act ended: done, or with forms that say why not."""

    def __init__(self, request: HttpRequest, draft: Draft, author: Author) -> None:
        self.request, self.draft, self.author = request, draft, author
        self.forms = FindingsForms(draft.content, draft.number)
        self.refusal: Refusal | None = None
        self.is_done = False

    def act(self, at: datetime) -> None:
        acts = {"write": self._write, "approve": self._approve, "follow": self._follow}
        act = acts.get(self.request.POST.get("act", ""))
        try:
            if act is not None:
                act(at)
        except Refusal as refusal:
            self.refusal = refusal

    def _write(self, at: datetime) -> None:
        self.forms = FindingsForms(self.draft.content, self.draft.number, self.request.POST)
        if not self.forms.is_valid():
            return
        write_findings(
            findings=self.draft.findings,
            content=self.forms.content(),
            seen=self.forms.seen,
            author=self.author,
            at=at,
        )
        self.is_done = True

    def _approve(self, at: datetime) -> None:
        number = row_number(self.request.POST.get("number", "")) or 0
        findings = self.draft.findings
        approve(findings=findings, number=number, author=self.author, at=at)
        self.is_done = True

    def _follow(self, at: datetime) -> None:
        form = FollowForm(self.request.POST)
        if not form.is_valid():
            raise NoSuchStep
        follow_step(
            findings=self.draft.findings,
            key=form.cleaned_data["key"],
            done_on=form.cleaned_data["done_on"],
            words=form.cleaned_data["note"],
            author=self.author,
            at=at,
        )
        self.is_done = True

    @property
    def status(self) -> int:
        return 409 if self.refusal else 422 if self.request.method == "POST" else 200

    def context(self) -> dict[str, Any]:
        return {
            "draft": self.draft,
            "findings": self.draft.findings,
            "forms": self.forms,
            "refused": self.refusal,
            "own_side": self.author.side,
            "steps": list(self.draft.findings.steps.all()),
        }
