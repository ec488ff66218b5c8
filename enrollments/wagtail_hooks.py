"""Applications, attendance and messages in the back office."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from enrollments.domain.support_rights import may_see_any_support
from enrollments.domain.training.rights import may_see_training
from enrollments.views.back_office import (
    advance_questions,
    applications,
    approving,
    attendance,
    attendance_table,
    calling_off,
    certificate_register,
    certificates,
    completion,
    correcting,
    draw,
    entry,
    findings,
    follow_up,
    letters,
    line_acts,
    messages,
    milestones,
    nominating,
    own_data,
    people,
    prints,
    receipts,
    refunds,
    report,
    runs,
    same_names,
    screening,
    series_completion,
    series_entry,
    sessions,
    support,
    survey_publishing,
    survey_results,
    survey_sending,
    surveys,
    swap,
    table_person,
    tables,
    training,
    units_called_off,
    waiting_list,
    ways_in,
    wordings,
)
from enrollments.viewsets import MilestoneViewSet

ADDRESSES = [
    path("runs/", runs.runs, name="manage_runs"),
    path("runs/<slug:code>/", runs.run_overview, name="manage_run"),
    path(
        "runs/<slug:code>/applications/",
        applications.applications,
        name="manage_applications",
    ),
    path(
        "runs/<slug:code>/applications/new/",
        entry.new_application,
        name="manage_application_new",
    ),
    path("runs/<slug:code>/draw/", draw.draw, name="manage_draw"),
    path(
        "runs/<slug:code>/same-names/", same_names.same_names_page, name="manage_same_names"
    ),
    path("runs/<slug:code>/swap/", swap.swap, name="manage_swap"),
    path("approvals/", approving.approvals, name="manage_approvals"),
    path("nominations/", nominating.nominations, name="manage_nominations"),
    path("nominations/<slug:code>/", nominating.nominate_people, name="manage_nominate"),
    path(
        "runs/<slug:code>/questions/", advance_questions.questions, name="manage_questions"
    ),
    path("runs/<slug:code>/ways-in/", ways_in.ways_in, name="manage_ways_in"),
    path("runs/<slug:code>/screening/", screening.screening, name="manage_screening"),
    path("runs/<slug:code>/support/", support.support_of_run, name="manage_support"),
    path("support/", support.support_of_section, name="manage_support_section"),
    path("support/<int:pk>/", support.support_act, name="manage_support_act"),
    path("runs/<slug:code>/prints/", prints.prints, name="manage_prints"),
    path(
        "runs/<slug:code>/prints/<slug:kind>/", prints.print_page, name="manage_print_page"
    ),
    path(
        "runs/<slug:code>/prints/<slug:kind>/pdf/",
        prints.print_pdf,
        name="manage_print_pdf",
    ),
    path("runs/<slug:code>/report/", report.report, name="manage_report"),
    path("runs/<slug:code>/report/page/", report.report_page, name="manage_report_page"),
    path("runs/<slug:code>/report/pdf/", report.report_pdf, name="manage_report_pdf"),
    path("runs/<slug:code>/letters/", letters.letters_of_run, name="manage_letters"),
    path("letters/", letters.letters_of_section, name="manage_letters_section"),
    path("letters/print/", letters.print_letters, name="manage_letters_print"),
    path("letters/settle/", letters.settle_letters, name="manage_letters_settle"),
    path("runs/<slug:code>/completion/", completion.completion, name="manage_completion"),
    path(
        "runs/<slug:code>/completion/<int:pk>/",
        completion.completion_of_person,
        name="manage_completion_person",
    ),
    path(
        "runs/<slug:code>/completion/<int:pk>/attendance-certificate/",
        certificates.issue_attendance,
        name="manage_certificate_of_attendance",
    ),
    path(
        "runs/<slug:code>/certificates/",
        certificates.issue_all,
        name="manage_certificates_issue",
    ),
    path(
        "runs/<slug:code>/certificates/pdf/",
        certificates.print_all,
        name="manage_certificates_print",
    ),
    path(
        "milestones/reached/",
        milestones.reached_milestones,
        name="manage_milestones_reached",
    ),
    path(
        "series-completion/<int:pk>/",
        series_completion.series_completion,
        name="manage_series_completion",
    ),
    path(
        "series-completion/<int:pk>/new/",
        series_entry.new_series_application,
        name="manage_series_entry",
    ),
    path(
        "series-completion/<int:pk>/cancel/",
        units_called_off.cancel_units,
        name="manage_units_cancel",
    ),
    path(
        "series-completion/<int:pk>/pdf/",
        series_completion.series_certificates_print,
        name="manage_series_certificates_print",
    ),
    path("training/", training.training, name="manage_training"),
    path("certificates/", certificate_register.register, name="manage_certificates"),
    path(
        "certificates/<int:pk>/",
        certificate_register.certificate,
        name="manage_certificate",
    ),
    path(
        "certificates/<int:pk>/pdf/",
        certificate_register.certificate_pdf,
        name="manage_certificate_pdf",
    ),
    path("runs/<slug:code>/follow-up/", follow_up.plan, name="manage_follow_up"),
    path("runs/<slug:code>/findings/", findings.findings, name="manage_findings"),
    path(
        "runs/<slug:code>/findings/<int:number>/",
        findings.findings,
        name="manage_findings_of_session",
    ),
    path("runs/<slug:code>/tables/", tables.tables, name="manage_tables"),
    path(
        "runs/<slug:code>/tables/<int:number>/",
        tables.tables,
        name="manage_tables_of_session",
    ),
    path(
        "runs/<slug:code>/tables/<int:number>/<int:pk>/",
        table_person.table_person,
        name="manage_table_person",
    ),
    path("runs/<slug:code>/surveys/", surveys.surveys, name="manage_surveys"),
    path("runs/<slug:code>/surveys/new/", surveys.survey_new, name="manage_survey_new"),
    path(
        "runs/<slug:code>/surveys/templates/<int:pk>/remove/",
        surveys.survey_template_remove,
        name="manage_survey_template_remove",
    ),
    path("surveys/<int:pk>/", survey_results.survey, name="manage_survey"),
    path("surveys/<int:pk>/edit/", surveys.survey_edit, name="manage_survey_edit"),
    path("surveys/<int:pk>/remove/", surveys.survey_remove, name="manage_survey_remove"),
    path(
        "surveys/<int:pk>/publish/",
        survey_publishing.survey_publish,
        name="manage_survey_publish",
    ),
    path("surveys/<int:pk>/act/", survey_results.survey_act, name="manage_survey_act"),
    path("surveys/<int:pk>/csv/", survey_results.survey_csv_out, name="manage_survey_csv"),
    path("surveys/<int:pk>/send/", survey_sending.survey_send, name="manage_survey_send"),
    path(
        "surveys/<int:pk>/screen/",
        survey_sending.survey_screen,
        name="manage_survey_screen",
    ),
    path(
        "surveys/<int:pk>/paper/", survey_sending.survey_paper, name="manage_survey_paper"
    ),
    path(
        "surveys/<int:pk>/entry/", survey_sending.survey_entry, name="manage_survey_entry"
    ),
    path(
        "runs/<slug:code>/attendance/",
        attendance_table.attendances,
        name="manage_attendances",
    ),
    path(
        "runs/<slug:code>/waiting/",
        waiting_list.waiting_list,
        name="manage_waiting_list",
    ),
    path("runs/<slug:code>/cancel/", calling_off.cancel_run, name="manage_run_cancel"),
    path(
        "runs/<slug:code>/postpone/",
        calling_off.postpone_run,
        name="manage_run_postpone",
    ),
    path("runs/<slug:code>/hold/", calling_off.hold_run, name="manage_run_hold"),
    path("runs/<slug:code>/refunds/", refunds.refunds, name="manage_refunds"),
    path(
        "runs/<slug:code>/refunds/<int:pk>/",
        refunds.refund_settle,
        name="manage_refund_settle",
    ),
    path("offers/<int:pk>/answer/", line_acts.offer_answer, name="manage_offer_answer"),
    path(
        "offers/<int:pk>/take-back/",
        line_acts.offer_take_back,
        name="manage_offer_take_back",
    ),
    path("applications/<int:pk>/line/", line_acts.line_move, name="manage_line_move"),
    path("applications/<int:pk>/pass/", line_acts.line_pass, name="manage_line_pass"),
    path("participants/<int:pk>/", people.participant, name="manage_participant"),
    path(
        "sessions/<int:pk>/make-up/",
        calling_off.make_up,
        name="manage_session_make_up",
    ),
    path("applications/<int:pk>/", applications.application, name="manage_application"),
    path(
        "applications/<int:pk>/correct/",
        correcting.correct_application,
        name="manage_application_correct",
    ),
    path("applications/<int:pk>/data/", own_data.person_data, name="manage_person_data"),
    path(
        "applications/<int:pk>/receipt/",
        receipts.printed_receipt,
        name="manage_application_receipt",
    ),
    path(
        "applications/<int:pk>/receipt/pdf/",
        receipts.receipt_pdf,
        name="manage_application_receipt_pdf",
    ),
    path("sessions/<int:pk>/attendance/", attendance.attendance, name="manage_attendance"),
    path(
        "sessions/<int:pk>/cancel/",
        sessions.cancel_session,
        name="manage_session_cancel",
    ),
    path(
        "sessions/<int:pk>/reinstate/",
        sessions.reinstate_session,
        name="manage_session_reinstate",
    ),
    path("messages/", messages.outbox, name="manage_messages"),
    path("messages/retry/", messages.retry_all, name="manage_messages_retry"),
    path("messages/wordings/", wordings.wordings, name="manage_wordings"),
    path(
        "messages/wordings/<slug:kind>/<slug:language>/",
        wordings.wording,
        name="manage_wording",
    ),
    path(
        "applications/<int:pk>/messages/",
        messages.message_history,
        name="manage_message_history",
    ),
    path(
        "messages/<int:pk>/settle/",
        messages.settle_message,
        name="manage_message_settle",
    ),
]


@hooks.register("register_admin_viewset")
def milestones_viewset() -> MilestoneViewSet:
    return MilestoneViewSet("milestones")


@hooks.register("register_admin_urls")
def enrolment_urls() -> list[URLPattern]:
    return ADDRESSES


@hooks.register("register_admin_menu_item")
def runs_menu_item() -> MenuItem:
    return MenuItem(_("開催と申込み"), reverse("manage_runs"), icon_name="group", order=110)


@hooks.register("register_admin_menu_item")
def messages_menu_item() -> MenuItem:
    return MenuItem(
        _("お知らせの送信"), reverse("manage_messages"), icon_name="mail", order=120
    )


@hooks.register("register_admin_menu_item")
def certificates_menu_item() -> MenuItem:
    return MenuItem(
        _("修了証の台帳"), reverse("manage_certificates"), icon_name="form", order=117
    )


@hooks.register("register_admin_menu_item")
def milestones_menu_item() -> MenuItem:
    url = reverse("manage_milestones_reached")
    return MenuItem(_("節目に達した方"), url, icon_name="pick", order=119)


class TrainingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_training(request.user)


@hooks.register("register_admin_menu_item")
def training_menu_item() -> MenuItem:
    url = reverse("manage_training")
    return TrainingMenuItem(_("研修の記録"), url, icon_name="doc-full", order=118)


class SupportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_any_support(request.user)


@hooks.register("register_admin_menu_item")
def support_menu_item() -> MenuItem:
    return SupportMenuItem(
        _("保育・支援"), reverse("manage_support_section"), icon_name="user", order=115
    )
