"""Names, phones and addresses as people write them, brought to one form."""

import re
import unicodedata

import jaconv

LINK = re.compile(r"://|www\.", re.IGNORECASE)
NOT_PHONE = re.compile(r"[^0-9+]")
SPACES = re.compile(r"\s+")


def tidy_text(text: str) -> str:
    """Outer and doubled spaces and signs that nobody sees removed; 𠮷 and 髙 are kept
    as they were typed."""
    text = SPACES.sub(" ", text.replace("\u3000", " "))
    seen = (sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf"))
    return "".join(seen).strip()


def is_link(text: str) -> bool:
    """Whether a mail program would make a link of it: what strangers type as a name or a
    title stands in mails to addresses that they typed, too."""
    return LINK.search(unicodedata.normalize("NFKC", text)) is not None


def tidy_kana(text: str) -> str:
    """Full-width katakana from hiragana or half-width kana: やまだ → ヤマダ."""
    folded = unicodedata.normalize("NFKC", tidy_text(text))
    return str(jaconv.hira2kata(folded)).replace("-", "ー")


def kana_key(text: str) -> str:
    """The reading by which a person is recognised: やまだ はな and ヤマダハナ are one."""
    return tidy_kana(text).replace(" ", "")


def tidy_digits(text: str) -> str:
    """Half-width digits only: ０４２‐１２３ → 042123."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def tidy_email(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def phone_key(text: str) -> str:
    """The digits that identify a Japanese number: +81 90… and ０９０-… are one."""
    digits = NOT_PHONE.sub("", unicodedata.normalize("NFKC", text))
    return "0" + digits[3:] if digits.startswith("+81") else digits.lstrip("+")
