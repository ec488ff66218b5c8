"""Which lists there are to take out, and who may take which."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.access import may_see_the_log
from accounts.domain.sections import works_here
from accounts.models import User
from cms.exports.accesses import AccessSource
from courses.exchange.exports.courses import CourseSource
from courses.exchange.exports.instructors import InstructorSource
from courses.exchange.exports.source import Source
from courses.exchange.exports.venues import VenueSource
from enrollments.domain.training.rights import may_see_training
from enrollments.exchange.exports.applications import ApplicationSource
from enrollments.exchange.exports.attendance import AttendanceSource
from enrollments.exchange.exports.certificates import CertificateSource
from enrollments.exchange.exports.learning import LearningSource
from enrollments.exchange.exports.letters import LetterSource
from enrollments.exchange.exports.participants import ParticipantSource
from enrollments.exchange.exports.statistics import StatisticsSource
from enrollments.exchange.exports.surveys import SurveySource
from enrollments.exchange.exports.training import TrainingSource
from enrollments.exchange.exports.waiting_list import WaitingSource
from learning_paths.domain.membership import may_manage_groups
from learning_paths.exchange.exports.groups import GroupSource
from learning_paths.exchange.exports.members import MemberSource

Words = str | Promise


@dataclass(frozen=True)
class ExportKind:
    """`of_runs`: asked for one run, or for a section and a year; `of_run` for one run only;
    `of_years` for a section and a year. `of_all_sections` may be taken of others' too."""

    key: str
    label: Words
    about: Words
    source: type[Source]
    may: Callable[[User], bool]
    of_runs: bool = True
    of_run: bool = False
    of_years: bool = True
    of_all_sections: bool = False


def _views(model: str) -> Callable[[User], bool]:
    return lambda user: bool(user.is_active and user.has_perm(f"courses.view_{model}"))


OF_RUNS = (
    ExportKind(
        "applications",
        _("申込み"),
        _("1行に1件です。取込みと同じ見出しです。"),
        ApplicationSource,
        works_here,
    ),
    ExportKind(
        "participants",
        _("参加する方"),
        _("同伴者も1行に1人です。"),
        ParticipantSource,
        works_here,
    ),
    ExportKind(
        "attendance",
        _("出席"),
        _("受講が決まった方と、回ごとの出席です。"),
        AttendanceSource,
        works_here,
        of_run=True,
        of_years=False,
    ),
    ExportKind(
        "waiting",
        _("キャンセル待ち"),
        _("順番のとおりに、1行に1組です。"),
        WaitingSource,
        works_here,
    ),
    ExportKind(
        "letters",
        _("電話・郵送の連絡"),
        _("電話か郵送で知らせる方のあて先と本文です。"),
        LetterSource,
        works_here,
    ),
    ExportKind(
        "learning",
        _("学びの記録"),
        _("受講した方の、出席の回数と修了です。"),
        LearningSource,
        works_here,
    ),
    ExportKind(
        "certificates",
        _("修了証の台帳"),
        _("発行した修了証と、再発行・取り消しです。"),
        CertificateSource,
        works_here,
    ),
    ExportKind(
        "surveys",
        _("アンケートの回答数"),
        _("お願いした人数と、回答した人数です。"),
        SurveySource,
        works_here,
    ),
    ExportKind(
        "statistics",
        _("統計"),
        _("申込みから修了までの人数を、受付方法・年代・地区に分けて数えます。"),
        StatisticsSource,
        works_here,
        of_all_sections=True,
    ),
    ExportKind(
        "courses",
        _("講座・開催・回"),
        _("1行に1回です。取込みと同じ見出しです。"),
        CourseSource,
        works_here,
    ),
)
OF_THE_CITY = (
    ExportKind(
        "instructors",
        _("講師"),
        _("講師と地域の人材です。取込みと同じ見出しです。"),
        InstructorSource,
        _views("instructor"),
        of_runs=False,
        of_years=False,
    ),
    ExportKind(
        "venues",
        _("会場・部屋"),
        _("1行に1部屋です。取込みと同じ見出しです。"),
        VenueSource,
        _views("venue"),
        of_runs=False,
        of_years=False,
    ),
    ExportKind(
        "groups",
        _("団体"),
        _("市民活動団体の台帳です。取込みと同じ見出しです。"),
        GroupSource,
        may_manage_groups,
        of_runs=False,
        of_years=False,
    ),
    ExportKind(
        "members",
        _("団体の会員"),
        _("団体ごとの会員と役割です。取込みと同じ見出しです。"),
        MemberSource,
        may_manage_groups,
        of_runs=False,
        of_years=False,
    ),
    ExportKind(
        "training",
        _("研修の記録"),
        _("職員が出席・修了した講座と時間です。1行に1人の1講座です。"),
        TrainingSource,
        may_see_training,
        of_runs=False,
        of_all_sections=True,
    ),
    ExportKind(
        "accesses",
        _("個人情報の閲覧・出力の記録"),
        _("だれが、いつ、何を見て、何を出力したかです。"),
        AccessSource,
        may_see_the_log,
        of_runs=False,
    ),
)
KINDS = {kind.key: kind for kind in (*OF_RUNS, *OF_THE_CITY)}


def kinds_for(user: User) -> list[ExportKind]:
    return [kind for kind in KINDS.values() if kind.may(user)]
