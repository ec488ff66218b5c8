"""Addresses of groups. Codes begin with a year, so the words below are never one."""

from django.urls import path, re_path

from learning_paths.views.activities import group_activity, group_activity_end
from learning_paths.views.certificates import group_certificate, group_certificate_pdf
from learning_paths.views.group import show_group
from learning_paths.views.groups import edit_group, groups, new_group
from learning_paths.views.instructor_answer import instructor_answer
from learning_paths.views.instructor_requests import (
    instructor_request,
    instructor_request_own,
    my_instructor_requests,
)
from learning_paths.views.invitations import (
    group_invite,
    invitation,
    invitation_decline,
)
from learning_paths.views.members import (
    group_hand_over,
    group_leave,
    group_member,
    group_remove,
)
from learning_paths.views.outreach.menu import (
    ask_outreach,
    outreach_entry,
    outreach_menu,
)
from learning_paths.views.outreach.own import outreach_own
from learning_paths.views.paths import group_path, group_path_move, group_path_stop
from learning_paths.views.record import group_record, group_record_file
from learning_paths.views.registration import (
    group_apply_again,
    group_contact,
    group_dissolve,
    group_renew,
)
from learning_paths.views.requests.asking import (
    join_request,
    new_request,
    request_sent,
)
from learning_paths.views.requests.lists import (
    learning_request,
    own_requests,
    requests,
)
from learning_paths.views.requests.voices import learning_voice, take_back_voice
from learning_paths.views.self_check import (
    group_check_record,
    group_check_result,
    self_check,
)
from learning_paths.views.sending import group_send
from learning_paths.views.stages import group_stage

urlpatterns = [
    path("instructors/<int:pk>/request/", instructor_request, name="instructor_request"),
    path(
        "instructors/requests/<str:token>/",
        instructor_request_own,
        name="instructor_request_own",
    ),
    path("my/instructor-requests/", my_instructor_requests, name="my_instructor_requests"),
    path("instructors/answer/<str:token>/", instructor_answer, name="instructor_answer"),
    path("groups/", groups, name="groups"),
    path("groups/new/", new_group, name="group_new"),
    path("groups/invitation/<str:token>/", invitation, name="group_invitation"),
    path(
        "groups/invitation/<str:token>/decline/",
        invitation_decline,
        name="group_invitation_decline",
    ),
    path("groups/<slug:code>/", show_group, name="group"),
    path("groups/<slug:code>/edit/", edit_group, name="group_edit"),
    path("groups/<slug:code>/contact/", group_contact, name="group_contact"),
    path("groups/<slug:code>/renew/", group_renew, name="group_renew"),
    path("groups/<slug:code>/apply-again/", group_apply_again, name="group_apply_again"),
    path("groups/<slug:code>/dissolve/", group_dissolve, name="group_dissolve"),
    path("stages/check/", self_check, name="self_check"),
    path("groups/<slug:code>/stage/", group_stage, name="group_stage"),
    path("groups/<slug:code>/stage/check/", group_check_record, name="group_check_record"),
    path(
        "groups/<slug:code>/stage/check/<int:pk>/",
        group_check_result,
        name="group_check_result",
    ),
    path(
        "groups/<slug:code>/paths/<int:pk>/certificate/",
        group_certificate,
        name="group_certificate",
    ),
    path(
        "groups/<slug:code>/paths/<int:pk>/certificate.pdf",
        group_certificate_pdf,
        name="group_certificate_pdf",
    ),
    path("groups/<slug:code>/activities/", group_activity, name="group_activity"),
    path(
        "groups/<slug:code>/activities/<int:pk>/end/",
        group_activity_end,
        name="group_activity_end",
    ),
    path("groups/<slug:code>/record/", group_record, name="group_record"),
    re_path(
        r"^groups/(?P<code>[-\w]+)/record\.(?P<form>csv|pdf)$",
        group_record_file,
        name="group_record_file",
    ),
    path("groups/<slug:code>/path/", group_path, name="group_path"),
    path("groups/<slug:code>/path/<int:pk>/stop/", group_path_stop, name="group_path_stop"),
    path("groups/<slug:code>/path/<int:pk>/move/", group_path_move, name="group_path_move"),
    path("groups/<slug:code>/apply/<slug:run>/", group_send, name="group_send"),
    path("groups/<slug:code>/members/invite/", group_invite, name="group_invite"),
    path("groups/<slug:code>/members/leave/", group_leave, name="group_leave"),
    path("groups/<slug:code>/members/<int:pk>/", group_member, name="group_member"),
    path(
        "groups/<slug:code>/members/<int:pk>/hand-over/",
        group_hand_over,
        name="group_hand_over",
    ),
    path("groups/<slug:code>/members/<int:pk>/remove/", group_remove, name="group_remove"),
    path("requests/", requests, name="learning_requests"),
    path("requests/new/", new_request, name="learning_request_new"),
    path("requests/sent/", request_sent, name="learning_request_sent"),
    path("requests/mine/", own_requests, name="own_requests"),
    path("requests/mine/<int:pk>/", take_back_voice, name="take_back_voice"),
    path("requests/voice/<str:token>/", learning_voice, name="learning_voice"),
    path("requests/<int:pk>/", learning_request, name="learning_request"),
    path("requests/<int:pk>/join/", join_request, name="join_request"),
    path("outreach/", outreach_menu, name="outreach_menu"),
    path("outreach/asked/<str:token>/", outreach_own, name="outreach_own"),
    path("outreach/<int:pk>/", outreach_entry, name="outreach_entry"),
    path("outreach/<int:pk>/apply/", ask_outreach, name="outreach_ask"),
]
