"""What staff who keep the register of groups fill in."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, KanaField, PhoneField, on_record
from learning_paths.domain.facts import facts_of
from learning_paths.domain.group_states import MOVES
from learning_paths.domain.refusals import ReasonMissing
from learning_paths.domain.staff_members import OnPaper
from learning_paths.enums import GroupState, MemberRole
from learning_paths.forms.group import GroupForm, initial_of
from learning_paths.models import Group


class RegisterForm(GroupForm):
    """The register as staff keep it: facts, and the state within what may follow."""

    state = forms.ChoiceField(label=_("登録状況"))

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        kwargs["initial"] = {**initial_of(facts_of(group)), "state": group.state}
        super().__init__(*args, **kwargs)
        now = GroupState(group.state)
        # Ending is an act of its own, with a reason.
        elsewhere = {GroupState.APPLIED, GroupState.DECLINED, GroupState.CLOSED}
        staff_decides = MOVES[now] - elsewhere
        self.fields["state"].choices = [
            (one.value, one.label) for one in GroupState if one in {now, *staff_decides}
        ]

    def state_chosen(self) -> GroupState:
        return GroupState(self.cleaned_data.pop("state"))


class NewGroupForm(GroupForm):
    """A group that has no internet comes to the counter."""

    code = forms.SlugField(
        label=_("団体番号"),
        max_length=20,
        required=False,
        help_text=_("空にすると、続きの番号が付きます。"),
    )
    registered_on = forms.DateField(
        label=_("登録日"),
        initial=timezone.localdate,
        validators=[on_record],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReasonForm(forms.Form):
    """Why something is declined; the group reads it."""

    why = forms.CharField(
        label=_("理由"),
        max_length=300,
        required=False,
        help_text=_("団体の代表と担当にメールで伝わります。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EndForm(ReasonForm):
    """代表 say why, and all who act for the group read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True
        self.fields["why"].error_messages["required"] = ReasonMissing.sentence


class MergeForm(ReasonForm):
    into = forms.ModelChoiceField(
        label=_("合併先の団体"),
        queryset=Group.objects.none(),
        error_messages={"required": _("合併先の団体を選んでください。")},
    )
    field_order = ("into", "why")

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Group.objects.filter(state=GroupState.REGISTERED).exclude(pk=group.pk)
        self.fields["into"].queryset = others


class OnPaperForm(forms.Form):
    """A member who is entered by staff, with or without an address."""

    family_name = forms.CharField(
        label=_("氏"),
        max_length=60,
        error_messages={"required": _("氏を入力してください。")},
    )
    given_name = forms.CharField(label=_("名"), max_length=60, required=False)
    family_name_kana = KanaField(label=_("氏（カナ）"), max_length=60, required=False)
    given_name_kana = KanaField(label=_("名（カナ）"), max_length=60, required=False)
    phone = PhoneField(label=_("電話番号"), required=False)
    email = EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("ない方は空のままで登録できます。"),
    )
    role = forms.ChoiceField(
        label=_("役割"), choices=MemberRole.choices, initial=MemberRole.MEMBER
    )

    def person(self) -> OnPaper:
        names = OnPaper.__dataclass_fields__
        return OnPaper(**{name: self.cleaned_data[name] for name in names})
