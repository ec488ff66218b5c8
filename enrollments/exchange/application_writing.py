"""Applications of a list are written a few hundred at a time: a thousand one by one would
keep everybody who applies for their run waiting for half a minute."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.domain.refusal import Refusal
from courses.exchange.plans.resource import RowRefused
from courses.exchange.plans.row import Made
from courses.exchange.plans.setting import Setting
from enrollments.domain.applying_together import apply_together
from enrollments.domain.entering import Passed
from enrollments.domain.foreseeing import Foresight

# The row's line, what passed, and where is said what was made of it.
ToWrite = tuple[int, Passed, list[Made]]


class Writing:
    def __init__(self, foresight: Foresight, setting: Setting) -> None:
        self.foresight, self.setting = foresight, setting
        self.left: list[ToWrite] = []

    def leave(self, line: int, passed: Passed) -> list[Made]:
        """What is made of it stands in the list once it is settled."""
        made: list[Made] = []
        self.left.append((line, passed, made))
        return made

    def settle(self) -> None:
        """If any is refused, all are tried one by one, so that its row can be named.

        Raises: RowRefused, IntegrityError.
        """
        left, self.left = self.left, []
        if not left:
            return
        try:
            with transaction.atomic():
                self._write(left)
        except (Refusal, IntegrityError):
            self._find_refused(left)
            raise

    def _find_refused(self, left: Sequence[ToWrite]) -> None:
        for one in left:
            try:
                self._write([one])
            except Refusal as why:
                raise RowRefused(one[0], why) from why

    def _write(self, left: Sequence[ToWrite]) -> None:
        applications = apply_together(
            foresight=self.foresight,
            passed=[passed for _line, passed, _made in left],
            at=self.setting.at,
            tells=self.setting.tells_people,
        )
        for application, (_line, _passed, made) in zip(applications, left, strict=True):
            state = str(application.state)
            made.append({"what": "application", "pk": application.pk, "state": state})
