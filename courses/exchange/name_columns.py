"""The columns of a name: in one cell or in two, with its reading."""

from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column
from courses.exchange.columns.texts import Kana, Text

NAME_COLUMNS = (
    Column(
        "full_name",
        "氏名",
        Text(120),
        known_as=(
            "お名前 名前 参加者名 参加者氏名 申込者 申込者名 "
            "申込者氏名 受講者名 受講者氏名 受講者 参加者 講師名 "
            "講師氏名 講師 代表者氏名 ご氏名 姓名"
        ),
        example="山田 花子",
        help_text=_("氏と名の間に空白を一つ入れます。"),
    ),
    Column(
        "family_name",
        "氏",
        Text(60),
        known_as="姓 苗字 名字 氏名(姓) お名前姓",
    ),
    Column(
        "given_name",
        "名",
        Text(60),
        known_as="氏名(名) お名前名 下の名前",
    ),
    Column(
        "full_name_kana",
        "フリガナ",
        Kana(120),
        known_as=(
            "ふりがな カナ かな 氏名カナ 氏名（カナ） 氏名フリガナ "
            "お名前カナ お名前（フリガナ） カナ氏名 ﾌﾘｶﾞﾅ よみ 読み "
            "よみがな 読み仮名 ヨミ 名前カナ 参加者カナ"
        ),
        example="ヤマダ ハナコ",
    ),
    Column(
        "family_name_kana",
        "氏（カナ）",
        Kana(60),
        known_as="姓（カナ） セイ せい カナ姓 姓カナ 姓フリガナ フリガナ姓",
    ),
    Column(
        "given_name_kana",
        "名（カナ）",
        Kana(60),
        known_as="メイ めい カナ名 名カナ 名フリガナ フリガナ名",
    ),
)
