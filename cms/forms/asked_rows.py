"""Rows that a form may show or leave out: where a browser sends none of them, what is
kept stays as it is."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.domain.refusal import Refusal

MORE = "more_"
MORE_ROWS = 2
MOST_ROWS = 20


class RowForm(forms.Form):
    """Without its `first` field a row says nothing, and emptying it takes it away."""

    first = ""

    def clean(self) -> dict[str, Any]:
        """Each plan knows what it lacks; that is said at the row."""
        found = super().clean() or self.cleaned_data
        if not self.errors and found.get(self.first):
            try:
                self.planned().check()
            except Refusal as refusal:
                self.add_error(self.first, str(refusal.sentence))
        return found

    def planned(self) -> Any:
        raise NotImplementedError

    def plan(self) -> Any:
        return self.planned() if self.cleaned_data.get(self.first) else None


class AskedRows(forms.BaseFormSet):
    """`rows` are there already, or proposed by a copy or template; `pressed`: somebody
    just asked for more of them."""

    kind = ""

    def __init__(
        self, data: Any, *, rows: Sequence[dict[str, Any]], pressed: bool, **kwargs: Any
    ) -> None:
        sent = data is not None and f"{self.kind}-TOTAL_FORMS" in data
        self.is_left_out = data is not None and not sent
        self.pressed = pressed
        initial = list(rows)
        super().__init__(
            data if sent else None, prefix=self.kind, initial=initial, **kwargs
        )

    @property
    def is_open(self) -> bool:
        """Nothing that was said or is wrong is folded away."""
        if not self.is_bound:
            return bool(self.initial)
        return self.pressed or any(row.has_changed() or row.initial for row in self.forms)

    def is_valid(self) -> bool:
        return self.is_left_out or super().is_valid()

    def plans(self) -> tuple[Any, ...] | None:
        if self.is_left_out:
            return None
        found = (row.plan() for row in self.forms)
        return tuple(plan for plan in found if plan is not None)

    def refuse(self, refusal: Refusal) -> None:
        """Shown above the rows."""
        self._non_form_errors.append(str(refusal.sentence))


def rows_factory(form: type[RowForm], rows: type[AskedRows]) -> Any:
    return forms.formset_factory(
        form,
        formset=rows,
        extra=1,
        max_num=MOST_ROWS,
        absolute_max=2 * MOST_ROWS,
    )
