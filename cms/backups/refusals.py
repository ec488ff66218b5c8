"""Why a backup is not made or not put back, in words for whoever runs the site."""


class BackupRefused(Exception):
    """Nothing was changed."""


UNREADABLE = (
    "バックアップとして読めません。ファイルが途中で切れているか、別のファイルです。"
)
DAMAGED = "バックアップの中身が、つくったときと違います: {name}"
OTHER_FORMAT = "このバックアップの形式（{number}）を、この版は読めません。"
OTHER_ENGINE = (
    "バックアップは {theirs} のもので、このサイトのデータベースは {ours} です。"
    "同じ種類のデータベースに戻してください。"
)
NEWER = (
    "バックアップは、このプログラムより新しい版でつくられています（{name}）。"
    "先にプログラムを新しくしてください。"
)
NOT_EMPTY = (
    "このサイトには、もうデータが入っています。\n"
    "置きかえるときは --replace を付けて実行します"
    "（いまのデータは、先に {folder} にバックアップします）。"
)
NO_TOOL = (
    "{tool} が見つかりません。PostgreSQL の道具（postgresql-client）を入れてください。"
    "サーバーと同じ版にします。"
)
TOOL_FAILED = "{tool} が終わりませんでした。\n{said}"
