"""Files that are no table, or none that can be read here; each says how to save it."""

from django.utils.translation import gettext_lazy as _

from courses.exchange.tables.refused import FileRefused


class NoTable(FileRefused):
    sentence = _(
        "表のファイルではありません。CSVかExcel（.xlsx）のファイルを選んでください。"
    )


class OldExcel(FileRefused):
    sentence = _(
        "古い形のExcel（.xls）は読めません。Excelで開き、「名前を付けて保存」で"
        "「Excel ブック（.xlsx）」をえらんでください。"
    )


class WithMacros(FileRefused):
    sentence = _(
        "マクロの入ったExcel（.xlsm）は読めません。「名前を付けて保存」で、マクロのない"
        "「Excel ブック（.xlsx）」をえらんでください。"
    )


class Encrypted(FileRefused):
    sentence = _(
        "パスワードのかかったファイルです。Excelで開き、パスワードを外して保存し直してください。"
    )


class WebPage(FileRefused):
    sentence = _(
        "中身がウェブページ（HTML）のファイルです。Excelで開き、「Excel ブック（.xlsx）」で"
        "保存し直してください。"
    )


class DamagedWorkbook(FileRefused):
    sentence = _(
        "Excelのファイルが壊れているか、読めない形です。Excelで開いて保存し直してください。"
    )


class HugeWorkbook(FileRefused):
    sentence = _(
        "広げると大きすぎるExcelのファイルです。必要な表だけを新しいブックに写してください。"
    )


class NoVisibleSheet(FileRefused):
    sentence = _("見えるシートに表がありません。表のあるシートを表示して保存してください。")


class SheetMissing(FileRefused):
    sentence = _("えらんだシートがありません。シートをえらび直してください。")
