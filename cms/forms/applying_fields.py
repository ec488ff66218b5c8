"""How people apply for a run, where it is more than a number of places and a deadline."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.forms.moments import moment_field
from cms.forms.plain_fields import day_field, number_field, tick_field
from courses.domain.run_plan import RunPlan
from courses.enums import DrawTier, PaperRule, WaitingPolicy


class ApplyingFields(forms.Form):
    chooses_session = forms.BooleanField(
        label=_("1人1回のみ"),
        required=False,
        help_text=_("どれか1回をえらんで申し込みます。定員は1回ごとに数えます。"),
    )
    paper_deadline = day_field(_("はがきなどの締切日"))
    paper_rule = forms.ChoiceField(
        label=_("締切日の数え方"), choices=PaperRule.choices, required=False
    )
    asks_address = tick_field(_("住所をたずねる"))
    asks_terms = tick_field(_("受講規約への同意を求める"))
    withdraw_until = moment_field(
        _("取り消しの期限"), _("空けておくと、はじめの回まで取り消せます。")
    )
    minimum_to_hold = number_field(_("開催に必要な人数"), 1, 100_000, required=False)
    decide_on = day_field(_("開催を決める日"))
    draw_tiers = forms.MultipleChoiceField(
        label=_("抽選の優先"),
        choices=DrawTier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("印をつけた方を、この順に先に選びます。"),
    )
    results_at = moment_field(
        _("結果を知らせる日時"), _("空けておくと、決まりしだい知らせます。")
    )
    tells_losers = forms.BooleanField(
        label=_("落選した方にも知らせる"), required=False, initial=True
    )
    screening_criteria = forms.CharField(
        label=_("選考の基準"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("担当課の職員だけが見ます。"),
    )
    waiting_policy = forms.ChoiceField(
        label=_("キャンセル待ちの順番"), choices=WaitingPolicy.choices, required=False
    )
    offer_hours = number_field(
        _("繰上げの回答を待つ時間"), 1, 720, initial=48, required=False
    )
    immediate_days = number_field(
        _("回答を待たずに繰り上げる日数"),
        0,
        60,
        initial=3,
        required=False,
        help_text=_("開催の何日前から、空いた席をすぐに渡すかです。"),
    )
    reminder_days = number_field(
        _("何日前にお知らせを送るか"),
        0,
        60,
        initial=1,
        required=False,
        help_text=_("空けておくと、送りません。"),
    )

    def clean_paper_rule(self) -> str:
        return self.cleaned_data["paper_rule"] or PaperRule.ARRIVAL

    def clean_waiting_policy(self) -> str:
        return self.cleaned_data["waiting_policy"] or WaitingPolicy.ORDER

    def clean_offer_hours(self) -> int:
        return self.cleaned_data["offer_hours"] or RunPlan.offer_hours

    def clean_immediate_days(self) -> int:
        found = self.cleaned_data["immediate_days"]
        return RunPlan.immediate_days if found is None else found
