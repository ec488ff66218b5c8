"""Closed vocabularies about what is offered. Labels follow docs/glossary.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    COURSE = "course", _("講座")
    LECTURE = "lecture", _("講演会")
    TRAINING = "training", _("研修")
    WORKSHOP = "workshop", _("ワークショップ")
    FORUM = "forum", _("フォーラム")
    EXCHANGE = "exchange", _("交流会")
    OUTREACH = "outreach", _("出前講座")
    STAFF_TRAINING = "staff_training", _("職員研修")
    JOINT_SESSION = "joint_session", _("合同学習会")


class SelectionMode(models.TextChoices):
    """How places are given (決め方); the words are those of the city bulletin."""

    OPEN = "open", _("申込不要")
    FIRST_COME = "first_come", _("申込順")
    LOTTERY_IF_OVER = "lottery_if_over", _("超えた場合抽選")
    LOTTERY = "lottery", _("抽選")
    SCREENING = "screening", _("選考")


class RunState(models.TextChoices):
    """開催状況. `planned` is not shown to the public."""

    PLANNED = "planned", _("準備中")
    ANNOUNCED = "announced", _("公開")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("中止")


class SessionState(models.TextChoices):
    SCHEDULED = "scheduled", _("予定")
    MOVED = "moved", _("日時変更")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("中止")


class CapacityUnit(models.TextChoices):
    PERSONS = "persons", _("名")
    PARTIES = "parties", _("組")


class Delivery(models.TextChoices):
    VENUE = "venue", _("会場")
    ONLINE = "online", _("オンライン")
    HYBRID = "hybrid", _("会場とオンライン")


class Fee(models.TextChoices):
    """費用, as residents look for it."""

    FREE = "free", _("無料")
    PAID = "paid", _("有料")


class CatalogueOrder(models.TextChoices):
    """並び順 of what was found."""

    SOONEST = "soonest", _("日付の近い順")
    NEWEST = "newest", _("新しくのせた順")
    CLOSING = "closing", _("申込締切の近い順")


class PoolKind(models.TextChoices):
    """枠: for whom a number of places is set aside."""

    GENERAL = "general", _("一般枠")
    CITIZENS = "citizens", _("市民枠")
    STAFF = "staff", _("職員枠")
    GROUPS = "groups", _("団体枠")
    ONLINE = "online", _("オンライン枠")


class PaperRule(models.TextChoices):
    """Until when a postcard has to be on its way or there (必着, 消印有効)."""

    ARRIVAL = "arrival", _("必着")
    POSTMARK = "postmark", _("消印有効")


class WaitingPolicy(models.TextChoices):
    """Who comes next when a place becomes free; shown to those who wait."""

    ORDER = "order", _("申込順")
    REDRAW = "redraw", _("再抽選")


class DrawTier(models.TextChoices):
    """Who is drawn before the others (優先), where a run says so."""

    RESIDENTS = "residents", _("市内にお住まいの方")
    FIRST_TIME = "first_time", _("この講座にはじめて参加する方")
    LOST_BEFORE = "lost_before", _("前回の抽選にもれた方")


class RequirementKind(models.TextChoices):
    """What somebody has to be or have to take part (対象の条件)."""

    RESIDENCY = "residency", _("市内在住・在勤・在学")
    AGE = "age", _("年齢")
    SCHOOL_YEAR = "school_year", _("学年")
    GROUP = "group", _("登録団体の会員")
    STAFF = "staff", _("市の職員")
    COMPLETED = "completed", _("ほかの講座の修了")
    STATED = "stated", _("そのほか（本人が確かめる）")


class SchoolYear(models.IntegerChoices):
    """学年, in order. A child before school is 0."""

    BEFORE_SCHOOL = 0, _("未就学")
    ELEMENTARY_1 = 1, _("小学1年")
    ELEMENTARY_2 = 2, _("小学2年")
    ELEMENTARY_3 = 3, _("小学3年")
    ELEMENTARY_4 = 4, _("小学4年")
    ELEMENTARY_5 = 5, _("小学5年")
    ELEMENTARY_6 = 6, _("小学6年")
    JUNIOR_HIGH_1 = 7, _("中学1年")
    JUNIOR_HIGH_2 = 8, _("中学2年")
    JUNIOR_HIGH_3 = 9, _("中学3年")
    HIGH_1 = 10, _("高校1年")
    HIGH_2 = 11, _("高校2年")
    HIGH_3 = 12, _("高校3年")
    UNIVERSITY = 13, _("大学・専門学校など")
    NOT_AT_SCHOOL = 20, _("在学していない")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("1行の文")
    LONG_TEXT = "long_text", _("長い文")
    CHOICE = "choice", _("一つえらぶ")
    CHOICES = "choices", _("いくつでもえらぶ")
    NUMBER = "number", _("数")
    DATE = "date", _("日付")


class SupportKind(models.TextChoices):
    """保育 and 参加のための支援, as a run offers them."""

    CHILDCARE = "childcare", _("保育")
    SIGN_LANGUAGE = "sign_language", _("手話通訳")
    CAPTIONING = "captioning", _("要約筆記")
    WRITING = "writing", _("筆談")
    WHEELCHAIR = "wheelchair", _("車いすの席")
    BRAILLE = "braille", _("点字の資料")
    ASSISTANCE_DOG = "assistance_dog", _("補助犬の同伴")
    HEARING_LOOP = "hearing_loop", _("磁気ループ")
    OTHER = "other", _("そのほかの支援")


class TimeOfDay(models.TextChoices):
    """When on a day a session begins, as residents look for it."""

    MORNING = "morning", _("午前")
    AFTERNOON = "afternoon", _("午後")
    EVENING = "evening", _("夜間")


class RepeatEvery(models.TextChoices):
    """The rhythm in which sessions follow each other."""

    WEEK = "week", _("毎週")
    OTHER_WEEK = "other_week", _("1週おき")
    MONTH = "month", _("毎月の第何週か")
    DAY = "day", _("毎日")


class BarrierFree(models.TextChoices):
    """バリアフリー情報 of a venue. Source: GIF DS-436 アクセシビリティ; the values are
    its item names."""

    WHEELCHAIR = "wheelchairPermissionStatus", _("車いすの利用")
    WHEELCHAIR_RENTAL = "wheelchairRentalStatus", _("車いすの貸出し")
    CANE_RENTAL = "caneRentalStatus", _("つえの貸出し")
    ACCESSIBLE_TOILET = "multipurposeToiletStatus", _("バリアフリートイレ")
    STEP_FREE = (
        "rampsOrElevatorsOrEscalatorsStatus",
        _("スロープ・エレベーター・エスカレーター"),
    )
    GUIDING_BLOCKS = "mobilitySupportForBrailleBlocksEtcStatus", _("点字ブロックなど")
    BRAILLE = "brailleAndReadingAssistanceStatus", _("点字・読み上げ")
    ASSISTANCE_DOGS = "accompaniedByGuideDogsAndServiceDogsStatus", _("補助犬の同伴")
    SUBTITLES = "subtitlesStatus", _("字幕")
    WRITING = "writingSupportStatus", _("筆談")
    PRIORITY_PARKING = "priorityParkingStatus", _("優先駐車場")
    OSTOMATE_TOILET = "toiletForOstomatesStatus", _("オストメイト対応トイレ")
    CHILD_TOILET = "childToiletStatus", _("子ども用トイレ")
    NURSING_ROOM = "nurseryStatus", _("授乳室")
    DIAPER_CHANGING = "diaperChangingCornerStatus", _("おむつ替えコーナー")
    FOOD_AND_DRINK = "foodAndDrinkPermissionStatus", _("飲食")
    STROLLER_RENTAL = "strollerRentalStatus", _("ベビーカーの貸出し")
    STROLLER = "strollerPermissionStatus", _("ベビーカーの利用")


class Presence(models.TextChoices):
    """有無コード of GIF 438-1."""

    NO = "0", _("なし")
    YES = "1", _("あり")
    PRIVATE = "2", _("非公開")
    UNKNOWN = "9", _("不明")


class PartnerRelation(models.TextChoices):
    ORGANISER = "organiser", _("主催")
    CO_ORGANISER = "co_organiser", _("共催")
    SUPPORTER = "supporter", _("後援")
    COOPERATION = "cooperation", _("協力")
    COMMISSIONED = "commissioned", _("委託")
    COMMITTEE = "committee", _("実行委員会")


class ThemeBranch(models.TextChoices):
    """The three roots of the theme tree."""

    LOCAL_ISSUE = "local_issue", _("地域課題")
    ORGANISATION = "organisation", _("運営の力")
    PERSONAL = "personal", _("個人の力")


class ChangedThing(models.TextChoices):
    COURSE = "course", _("講座")
    RUN = "run", _("開催")
    SESSION = "session", _("回")


class ChangeAct(models.TextChoices):
    """What was done, in the record of changes."""

    MADE = "made", _("追加")
    CHANGED = "changed", _("変更")
    REMOVED = "removed", _("削除")
    CANCELLED = "cancelled", _("中止")
    POSTPONED = "postponed", _("延期")
    REINSTATED = "reinstated", _("中止・延期の取り消し")
    PUBLISHED = "published", _("公開")
    WITHDRAWN = "withdrawn", _("公開の終了")
    IMPORTED = "imported", _("取込み")


class BulletinMonth(models.TextChoices):
    """By what a course belongs to a month of the city bulletin."""

    SESSIONS = "sessions", _("はじめの回がある月")
    APPLICATIONS = "applications", _("申込みが始まる月")


class BulletinGroup(models.TextChoices):
    SECTION = "section", _("担当課ごと")
    THEME = "theme", _("テーマごと")


class ReceptionStatus(models.TextChoices):
    """受付状況, computed and never stored.

    Source of the words: GIF 452-1 §5.3.3 予約の状況 and §5.3.1 開催状況; the label
    for residents is in `courses.domain.reception`.
    """

    NOT_YET = "not_yet", _("受付開始前")
    OPEN = "open", _("予約可")
    WAITING_LIST = "waiting_list", _("キャンセル待可")
    FULL = "full", _("予約不可")
    NOT_NEEDED = "not_needed", _("予約不要")
    CLOSED = "closed", _("予約期間終了")
    ENDED = "ended", _("終了")
    CANCELLED = "cancelled", _("中止")
    POSTPONED = "postponed", _("延期")


class RowOutcome(models.TextChoices):
    """What a row of an imported list would do; refused ones are shown first."""

    REFUSED = "refused", _("取り込めない")
    NEW = "new", _("新規")
    CHANGED = "changed", _("変更")
    UNCHANGED = "unchanged", _("変更なし")
