"""Why a mail did not go out, as the officer reads it; the record keeps kind and code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_REACHED = _("メールサーバーにつながりませんでした")
WORDS: dict[str, str | Promise] = {
    "SMTPRecipientsRefused": _("あて先のアドレスが受け付けられませんでした"),
    "SMTPSenderRefused": _("差出人のアドレスが受け付けられませんでした"),
    "SMTPDataError": _("メールサーバーが内容を受け取りませんでした"),
    "SMTPAuthenticationError": _("メールサーバーの利用が認められませんでした"),
    "SMTPConnectError": NOT_REACHED,
    "SMTPServerDisconnected": _("送信の途中で接続が切れました"),
    "ConnectionRefusedError": NOT_REACHED,
    "ConnectionResetError": _("送信の途中で接続が切れました"),
    "TimeoutError": _("メールサーバーの返事がありませんでした"),
    "gaierror": NOT_REACHED,
}


def error_words(recorded: str) -> str:
    """With the server's code behind, for whoever asks the operator. What was recorded in
    words stays as it is."""
    name, _space, code = recorded.partition(" ")
    known = WORDS.get(name)
    if known is None:
        return recorded
    return f"{known}（{code or name}）"
