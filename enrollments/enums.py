"""Closed vocabularies about taking part."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    RECEIVED = "received", _("受付済み")
    AWAITING_APPROVAL = "awaiting_approval", _("課長の承認待ち")
    AWAITING_DRAW = "awaiting_draw", _("抽選待ち")
    AWAITING_SCREENING = "awaiting_screening", _("選考待ち")
    ACCEPTED = "accepted", _("受講決定")
    WAITING = "waiting", _("キャンセル待ち")
    OFFERED = "offered", _("繰上げのご案内中")
    LOST = "lost", _("落選")
    DECLINED = "declined", _("辞退")
    EXPIRED = "expired", _("期限切れ")
    WITHDRAWN = "withdrawn", _("取り消し（本人）")
    CANCELLED = "cancelled", _("取り消し（主催者）")
    VOID = "void", _("無効")


class Channel(models.TextChoices):
    """How an application reached the city."""

    WEB = "web", _("ウェブ")
    PHONE = "phone", _("電話")
    COUNTER = "counter", _("窓口")
    POSTCARD = "postcard", _("はがき")
    FAX = "fax", _("ファクス")
    MAIL = "mail", _("メール")
    E_APPLICATION = "e_application", _("電子申請")
    WALK_IN = "walk_in", _("当日会場")
    NOMINATION = "nomination", _("課の推薦")


class ContactBy(models.TextChoices):
    MAIL = "mail", _("メール")
    PHONE = "phone", _("電話")
    POST = "post", _("郵送")


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("出席")
    LATE = "late", _("遅刻")
    LEFT_EARLY = "left_early", _("早退")
    EXCUSED = "excused", _("欠席（連絡あり）")
    ABSENT = "absent", _("欠席（連絡なし）")
    MADE_UP = "made_up", _("振替")
    ONLINE = "online", _("オンライン")


class MarkSource(models.TextChoices):
    """How somebody's attendance came to be known."""

    LIST = "list", _("出席簿")
    DOOR = "door", _("受付の画面")
    SCAN = "scan", _("QRコード")
    OWN_CODE = "own_code", _("会場の番号")
    NOTICE = "notice", _("本人からの連絡")
    IMPORT = "import", _("取込み")


class MarkOutcome(models.TextChoices):
    """What became of a mark: a clash waits until somebody decides."""

    APPLIED = "applied", _("記録")
    SAME = "same", _("記録済み")
    CLASH = "clash", _("くいちがい")
    SETTLED = "settled", _("確認済み")


class DoorAnswer(models.TextChoices):
    """What is said at the door to somebody who shows a code; never stored."""

    CAME = "came", _("受付しました")
    ALREADY = "already", _("すでに受付済みです")
    OTHER_SESSION = "other_session", _("別の回に参加する方です")
    OTHER_DATES = "other_dates", _("同じ講座のほかの開催の方です")
    OTHER_RUN = "other_run", _("別の講座の受付票です")
    NO_PLACE = "no_place", _("受講が決まっていない申込みです")
    UNKNOWN = "unknown", _("見つからない番号です")


class SurveyAudience(models.TextChoices):
    EVERYBODY = "everybody", _("参加者全員")
    CITIZENS = "citizens", _("市民")
    STAFF = "staff", _("職員")


class PrintPurpose(models.TextChoices):
    """What a paper with people on it is for, as the record of accesses keeps it."""

    RECEPTION = "reception", _("当日の受付・進行")
    HANDING_OVER = "handing_over", _("講師・保育者・通訳者などに渡す")
    PREPARING = "preparing", _("準備・打ち合わせ")
    AFTERWARDS = "afterwards", _("実施後の確認・記録")


class SurveyOccasion(models.TextChoices):
    RUN = "run", _("講座のあと")
    SESSION = "session", _("1回ごと")
    JOINT = "joint", _("市民と職員の合同の回")
    FOLLOW_UP = "follow_up", _("6か月後")


class SheetOrigin(models.TextChoices):
    """How an answer came."""

    MAIL = "mail", _("メールの案内から")
    ROOM = "room", _("会場のQRコードから")
    PAPER = "paper", _("紙")


class SurveyStanding(models.TextChoices):
    """Whether a survey takes answers; computed, never stored."""

    COMING = "coming", _("始まる前")
    OPEN = "open", _("回答受付中")
    CLOSED = "closed", _("締切済み")
    SETTLED = "settled", _("集計を確定")


class AnswerKind(models.TextChoices):
    ONE = "one", _("一つ選ぶ")
    SEVERAL = "several", _("いくつでも選ぶ")
    SCALE = "scale", _("5段階")
    NUMBER = "number", _("数")
    TEXT = "text", _("自由記述")


class FacilitatorKind(models.TextChoices):
    """On whose side somebody leads a table's talk."""

    STAFF = "staff", _("職員")
    MEMBER = "member", _("市民・団体の会員")
    OTHER = "other", _("そのほか")


class TableAct(models.TextChoices):
    MADE = "made", _("テーブル分けを作成")
    MOVED = "moved", _("移動")
    SWAPPED = "swapped", _("入れかえ")
    LOCKED = "locked", _("固定")
    UNLOCKED = "unlocked", _("固定の解除")
    REBALANCED = "rebalanced", _("欠席にあわせた移動")
    CAME_LATE = "came_late", _("あとから席を用意")


class FindingsAct(models.TextChoices):
    NAMED = "named", _("市民側で書く方を決めた")
    PUBLISHED = "published", _("公開")
    TAKEN_DOWN = "taken_down", _("公開の終了")
    STEP = "step", _("次の一歩のその後")


class QuestionState(models.TextChoices):
    """事前の質問: merged ones stand behind the one that they are the same as."""

    RECEIVED = "received", _("届いた質問")
    TAKEN_UP = "taken_up", _("取り上げる")
    PROPOSED = "proposed", _("公開の承認待ち")
    PUBLISHED = "published", _("公開中")
    MERGED = "merged", _("同じ質問にまとめた")
    SET_ASIDE = "set_aside", _("見送り")
    WITHDRAWN = "withdrawn", _("取り下げ")


class CompletionAct(models.TextChoices):
    GIVEN = "given", _("修了の記録")
    TAKEN_BACK = "taken_back", _("修了の取り消し")


class CertificateKind(models.TextChoices):
    """修了証 for those who completed; 受講証明書 for those who came to a part of it; one
    for who completed a series, one for a group that finished a path."""

    COMPLETION = "completion", _("修了証")
    ATTENDANCE = "attendance", _("受講証明書")
    SERIES = "series", _("シリーズの修了証")
    PATH = "path", _("団体の修了証")


class CertificateStanding(models.TextChoices):
    """Follows from the register; never stored."""

    VALID = "valid", _("有効")
    REPLACED = "replaced", _("再発行により無効")
    REVOKED = "revoked", _("取り消し")


class MilestoneSpan(models.TextChoices):
    FISCAL_YEAR = "fiscal_year", _("年度ごと")
    EVER = "ever", _("これまでの合計")


class NotificationState(models.TextChoices):
    """`in_doubt`: the worker died while sending, so a person decides; `by_hand`: the
    person has no mail and is to be telephoned or written to."""

    PENDING = "pending", _("送信待ち")
    SENDING = "sending", _("送信中")
    SENT = "sent", _("送信済み")
    DEAD = "dead", _("送信できず")
    IN_DOUBT = "in_doubt", _("送信結果が不明")
    BY_HAND = "by_hand", _("電話・郵送で連絡")


class MessageKind(models.TextChoices):
    RECEIVED = "received", _("申込みの受付")
    SERIES = "series", _("シリーズの申込みの受付")
    SERIES_WITHDRAWN = "series_withdrawn", _("シリーズの取り消しの確認")
    SERIES_CANCELLED = "series_cancelled", _("シリーズの単元の中止")
    ACCEPTED = "accepted", _("受講決定")
    WAITING = "waiting", _("キャンセル待ち")
    LOST = "lost", _("落選")
    OFFERED = "offered", _("繰上げのご案内")
    OFFER_REMINDER = "offer_reminder", _("繰上げの回答のお願い")
    PROMOTED = "promoted", _("繰上げ")
    DECLINED = "declined", _("辞退の確認")
    EXPIRED = "expired", _("回答期限が過ぎた知らせ")
    WITHDRAWN = "withdrawn", _("取り消しの確認")
    CANCELLED = "cancelled", _("取り消し（主催者）")
    PEOPLE_CHANGED = "people_changed", _("参加者の変更の確認")
    ADDRESS_CHANGED = "address_changed", _("メールアドレスの訂正")
    SESSION_CANCELLED = "session_cancelled", _("回の中止")
    SESSION_MOVED = "session_moved", _("日時変更")
    RUN_CANCELLED = "run_cancelled", _("開催の中止")
    RUN_POSTPONED = "run_postponed", _("開催の延期")
    RUN_CHANGED = "run_changed", _("開催の変更のまとめ")
    REMINDER = "reminder", _("開催前のお知らせ")
    SUPPORT = "support", _("保育・支援の手配")
    CERTIFICATE = "certificate", _("修了証の発行")
    SURVEY = "survey", _("アンケートのお願い")
    SURVEY_REMINDER = "survey_reminder", _("アンケートの2度目のお願い")
    FINDINGS = "findings", _("まとめのお願い")
    HELD_AGAIN_ASKED = "held_again_asked", _("次の開催の知らせの確認")
    HELD_AGAIN = "held_again", _("次の開催の知らせ")
    MONTHLY = "monthly", _("毎月のおすすめ")
    GROUP_INVITATION = "group_invitation", _("団体への招待")
    GROUP = "group", _("団体の登録")
    REQUEST = "request", _("学びたい・出前講座")
    OTHER = "other", _("そのほか")


class UnitProgress(models.TextChoices):
    """How one person stands with a unit of a series; computed, never stored."""

    DONE = "done", _("修了")
    NOW = "now", _("申込み中・受講中")
    NEXT = "next", _("次におすすめ")
    LATER = "later", _("これから")


class Concern(models.TextChoices):
    """Why a run needs to be looked at; never stored."""

    TO_DECIDE = "to_decide", _("受付が終わり、抽選や選考を待つ開催")
    BELOW_MINIMUM = "below_minimum", _("開催を決める日が近い、人数の足りない開催")
    CLOSING = "closing", _("1週間以内に締め切る開催")
    FULL = "full", _("満員の開催")
    EMPTY = "empty", _("まだ申込みのない開催（締切まで2週間以内）")
    FEW = "few", _("申込みの少ない開催（締切まで2週間以内）")


class OfferState(models.TextChoices):
    """繰上げのご案内: open until answered, run out, or taken back."""

    OPEN = "open", _("回答待ち")
    ACCEPTED = "accepted", _("受ける")
    DECLINED = "declined", _("辞退")
    EXPIRED = "expired", _("期限切れ")
    TAKEN_BACK = "taken_back", _("取り下げ")


class DrawState(models.TextChoices):
    """A draw's list is frozen, then it is held, then its result is told. A list that
    turned out to be incomplete is taken back before the public value is known."""

    FROZEN = "frozen", _("名簿を固定")
    HELD = "held", _("抽選済み")
    ANNOUNCED = "announced", _("発表済み")
    TAKEN_BACK = "taken_back", _("名簿の固定を取り消し")


class DrawOutcome(models.TextChoices):
    WON = "won", _("当選")
    WAITING = "waiting", _("キャンセル待ち")
    LOST = "lost", _("落選")


class ScreeningVerdict(models.TextChoices):
    ACCEPT = "accept", _("受講決定")
    WAIT = "wait", _("キャンセル待ち")
    REFUSE = "refuse", _("落選")


class SupportState(models.TextChoices):
    """A promise to somebody who needs it: asked, arranged, confirmed, or declined with
    an alternative."""

    ASKED = "asked", _("希望を受付")
    ARRANGED = "arranged", _("手配中")
    CONFIRMED = "confirmed", _("手配済み")
    DECLINED = "declined", _("手配できない")
    WITHDRAWN = "withdrawn", _("取り下げ")


class LineAct(models.TextChoices):
    """What was done to somebody's place on the waiting list besides its own order."""

    MOVED = "moved", _("順番の変更")
    SKIPPED = "skipped", _("順番をとばす")


class Verdict(models.TextChoices):
    """Whether somebody meets a condition for applying; computed, never stored."""

    MET = "met", _("あてはまる")
    NOT_MET = "not_met", _("あてはまらない")
    UNKNOWN = "unknown", _("まだわからない")


class Likeness(models.TextChoices):
    """How much two applications look like one person's, the most first; never stored."""

    NAME_AND_PHONE = "name_and_phone", _("読みと電話番号が同じ")
    NAME_AND_ADDRESS = "name_and_address", _("読みと住所が同じ")
    PHONE = "phone", _("電話番号が同じ（お名前は別）")
    NAME = "name", _("読みが同じ（連絡先は別）")
    COMPANION = "companion", _("参加する方に、読みの同じ方がいる")


class CalendarScope(models.TextChoices):
    """What a secret calendar shows."""

    OWN = "own", _("自分の予定")
    SECTION = "section", _("課の予定")
    RECOMMENDED = "suggested", _("おすすめの講座")


class CalendarAct(models.TextChoices):
    ISSUED = "issued", _("作成")
    CHANGED = "changed", _("設定の変更")
    ROTATED = "rotated", _("アドレスの取り替え")
    REVOKED = "revoked", _("無効")


class CalendarClient(models.TextChoices):
    """Which kind of program fetched a calendar; never the program's own words."""

    GOOGLE = "google", _("Googleカレンダー")
    APPLE = "apple", _("iPhone・Macのカレンダー")
    OUTLOOK = "outlook", _("Outlook")
    THUNDERBIRD = "thunderbird", _("Thunderbird")
    NEXTCLOUD = "nextcloud", _("Nextcloud")
    HOME_ASSISTANT = "home_assistant", _("Home Assistant")
    ANDROID = "android", _("Androidの同期アプリ")
    OTHER = "other", _("そのほか")


class ListOrder(models.TextChoices):
    """In which order people stand on a printed list."""

    KANA = "kana", _("五十音順")
    RECEIPT = "receipt", _("受付順")
    AFFILIATION = "affiliation", _("団体・所属ごと")
