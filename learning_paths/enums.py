"""Closed vocabularies about groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupKind(models.TextChoices):
    """団体の種類."""

    NPO = "npo", _("NPO法人")
    VOLUNTARY = "voluntary", _("任意団体")
    NEIGHBOURHOOD = "neighbourhood", _("自治会・町内会")
    SCHOOL = "school", _("学校")
    COMPANY = "company", _("企業")
    CORPORATION = "corporation", _("そのほかの法人")
    OTHER = "other", _("そのほか")


class GroupState(models.TextChoices):
    """登録状況; only registered groups are public."""

    APPLIED = "applied", _("申請中")
    REGISTERED = "registered", _("登録済み")
    LAPSED = "lapsed", _("更新切れ")
    DECLINED = "declined", _("登録見送り")
    CLOSED = "closed", _("登録終了")


class Decision(models.TextChoices):
    """What staff said to a wish of a group."""

    OPEN = "open", _("確認待ち")
    APPROVED = "approved", _("承認")
    DECLINED = "declined", _("見送り")
    REPLACED = "replaced", _("出し直し")


class WishKind(models.TextChoices):
    """What a group asks of the staff who keep the register."""

    REGISTRATION = "registration", _("新しい登録")
    RENEWAL = "renewal", _("更新")
    CHANGE = "change", _("紹介の変更")


class MemberRole(models.TextChoices):
    LEADER = "leader", _("代表")
    COORDINATOR = "coordinator", _("担当")
    MEMBER = "member", _("会員")


class MembershipState(models.TextChoices):
    INVITED = "invited", _("招待中")
    ACTIVE = "active", _("参加中")
    LEFT = "left", _("退会")


class Assessor(models.TextChoices):
    SELF = "self", _("自己申告")
    STAFF = "staff", _("職員")
    COORDINATOR = "coordinator", _("コーディネーター")


class PathRole(models.TextChoices):
    """For whom a path is that belongs to no stage."""

    LEADER = "leader", _("リーダー")
    COORDINATOR = "coordinator", _("コーディネーター")


class StepKind(models.TextChoices):
    """What completes a step."""

    COURSES = "courses", _("選んだ講座")
    THEME = "theme", _("テーマの講座ならどれでも")
    SERIES = "series", _("シリーズの単元")
    JOINT = "joint", _("市民・職員合同学習会")


class Counting(models.TextChoices):
    """How members' completions add up in a step."""

    EACH = "each", _("講座ごとに人数を数える")
    TOGETHER = "together", _("講座と人数を合わせて数える")


class PassedOver(models.TextChoices):
    """Why a completion does not speak for a step."""

    OTHER_ROLE = "other_role", _("役割のちがう会員の修了")
    TOO_OLD = "too_old", _("期間より前の修了")
    TOO_LATE = "too_late", _("期間を過ぎてからの修了")


class RequestState(models.TextChoices):
    """Where a wish to learn something (学びたい) stands."""

    UNCONFIRMED = "unconfirmed", _("メールの確認待ち")
    RECEIVED = "received", _("公開前の確認中")
    OPEN = "open", _("声を集めています")
    CONSIDERING = "considering", _("検討しています")
    PLANNED = "planned", _("講座になりました")
    NOT_POSSIBLE = "not_possible", _("今回は見送り")
    DECLINED = "declined", _("公開しない")
    MERGED = "merged", _("ほかの声にまとめた")
    WITHDRAWN = "withdrawn", _("取り下げ")


class SuitableTime(models.TextChoices):
    """When somebody could come."""

    WEEKDAY = "weekday", _("平日の昼")
    EVENING = "evening", _("平日の夜")
    WEEKEND = "weekend", _("土日・祝日")


class OutreachState(models.TextChoices):
    """Where a request for an outreach lecture (出前講座の申込み) stands."""

    RECEIVED = "received", _("受付済み")
    PROPOSED = "proposed", _("別の日をご案内中")
    EXPIRED = "expired", _("回答期限切れ")
    ACCEPTED = "accepted", _("実施決定")
    DECLINED = "declined", _("お受けできません")
    WITHDRAWN = "withdrawn", _("取り消し")
    DONE = "done", _("実施済み")
    CANCELLED = "cancelled", _("中止")


class InstructorRequestState(models.TextChoices):
    """講師への依頼, which the city passes on."""

    RECEIVED = "received", _("受付済み")
    FORWARDED = "forwarded", _("講師の返事待ち")
    ACCEPTED = "accepted", _("講師が承諾")
    DECLINED = "declined", _("講師が辞退")
    EXPIRED = "expired", _("返事がないまま期限切れ")
    CLOSED = "closed", _("終了")
    WITHDRAWN = "withdrawn", _("取り下げ（本人）")
