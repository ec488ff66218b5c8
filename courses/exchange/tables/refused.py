"""The ways in which a file is refused as a whole, each with what to do next."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class FileRefused(Refusal):
    sentence = _("このファイルは読み取れません。CSVかExcel（.xlsx）で保存してください。")


class FileEmpty(FileRefused):
    sentence = _("ファイルに行がありません。見出しと、1行以上の内容が必要です。")


class FileTooLarge(FileRefused):
    sentence = _("ファイルが大きすぎます（10MBまで）。いくつかに分けてください。")


class TooManyRows(FileRefused):
    sentence = _("行が多すぎます（50,000行まで）。いくつかのファイルに分けてください。")


class TooManyColumns(FileRefused):
    sentence = _(
        "列が多すぎます（100列まで）。使わない列を消すか、区切り文字を確かめてください。"
    )


class CellTooLong(FileRefused):
    def __init__(self, line: int) -> None:
        words = gettext(
            "%(line)d行目に、長すぎる文があります（5,000字まで）。"
            '引用符（"）が閉じているかも確かめてください。'
        )
        super().__init__(words % {"line": line})


class BrokenQuotes(FileRefused):
    def __init__(self, line: int) -> None:
        words = gettext(
            '%(line)d行目あたりで、引用符（"）の数が合いません。'
            "Excelで開き、「CSV UTF-8」で保存し直してください。"
        )
        super().__init__(words % {"line": line})


class UnknownEncoding(FileRefused):
    sentence = _(
        "文字コードがわかりません。Excelで開き、「CSV UTF-8」か「.xlsx」で保存し直して"
        "ください。"
    )


class WrongEncoding(FileRefused):
    sentence = _("えらんだ文字コードでは読めません。ほかの文字コードをえらんでください。")


class HeadingMissing(FileRefused):
    sentence = _("見出しの行がありません。見出しの行の番号を確かめてください。")
