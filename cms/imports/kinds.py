"""Which kinds of lists there are, what each is for, and who may bring one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.sections import works_for, works_here
from accounts.models import User
from cms.enums import ImportKind
from cms.imports.courses import CoursesWithPages
from cms.models import ImportUpload
from courses.exchange.columns.column import Column
from courses.exchange.plans.instructors import InstructorResource
from courses.exchange.plans.resource import PlanResource
from courses.exchange.plans.setting import Setting
from courses.exchange.plans.venues import VenueResource
from enrollments.exchange.applications import ApplicationResource
from enrollments.exchange.attendance import AttendanceResource
from learning_paths.domain.membership import may_manage_groups
from learning_paths.exchange.groups import GroupResource
from learning_paths.exchange.members import MemberResource


@dataclass(frozen=True)
class Kind:
    """`about` says in a sentence what the list makes; `of_run` lists belong to a run."""

    kind: ImportKind
    resource: type[PlanResource]
    about: str | Promise
    may: Callable[[User], bool]
    of_run: bool = False

    @property
    def label(self) -> str:
        return str(self.kind.label)


def _keeps(model: str) -> Callable[[User], bool]:
    def may(user: User) -> bool:
        wanted = [f"courses.{act}_{model}" for act in ("add", "change")]
        return bool(user.is_active and user.has_perms(wanted))

    return may


KINDS: dict[str, Kind] = {
    one.kind: one
    for one in (
        Kind(
            ImportKind.APPLICATIONS,
            ApplicationResource,
            _("はがきや電話の申込みを入力した表から、申込みをつくります。1行に1件です。"),
            works_here,
            of_run=True,
        ),
        Kind(
            ImportKind.ATTENDANCE,
            AttendanceResource,
            _("回ごとに○×を付けた名簿から、出席を記録します。1行に1人です。"),
            works_here,
            of_run=True,
        ),
        Kind(
            ImportKind.COURSES,
            CoursesWithPages,
            _("講座・開催・回の下書きをつくり、回の日時や会場を変えます。1行に1回です。"),
            works_here,
        ),
        Kind(
            ImportKind.INSTRUCTORS,
            InstructorResource,
            _("講師と地域の人材を、登録・変更します。1行に1人です。"),
            _keeps("instructor"),
        ),
        Kind(
            ImportKind.VENUES,
            VenueResource,
            _("会場と部屋を、登録・変更します。1行に1部屋です。"),
            _keeps("venue"),
        ),
        Kind(
            ImportKind.GROUPS,
            GroupResource,
            _("市民活動団体の台帳から、団体を登録・変更します。1行に1団体です。"),
            may_manage_groups,
        ),
        Kind(
            ImportKind.MEMBERS,
            MemberResource,
            _("団体の会員と役割を記録します。1行に1人です。メールは送りません。"),
            may_manage_groups,
        ),
    )
}


def kinds_for(user: User) -> list[Kind]:
    return [one for one in KINDS.values() if one.may(user)]


def may_bring(user: User, upload: ImportUpload) -> bool:
    """Whether the person may still do what the list is for; asked again at each step."""
    kind = KINDS[upload.kind]
    if not kind.may(user):
        return False
    if upload.run:
        return works_for(user, upload.run.course.department)
    return user.is_superuser or not upload.department or works_for(user, upload.department)


def resource_for(
    upload: ImportUpload, *, by: User | None, at: datetime, tells: bool = False
) -> PlanResource:
    """Planned and applied by the person who brought the list or pressed the button."""
    setting = Setting(
        by=by or upload.uploaded_by,
        at=at,
        key=upload.key,
        department=upload.department,
        run=upload.run,
        tells_people=tells,
    )
    return KINDS[upload.kind].resource(setting)


def columns_of(upload: ImportUpload, *, at: datetime) -> Sequence[Column]:
    return resource_for(upload, by=None, at=at).columns
