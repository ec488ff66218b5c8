"""Drawing the card: 1200 × 630 pixels, as link previews show it. A sign that the font
does not have is left out; a title of which nothing is left has no card."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cms.social_cards.lines import wrapped

FONT = Path(__file__).parent.parent / "fonts" / "NotoSansJP-Bold.otf"
WIDTH, HEIGHT = 1200, 630
MARGIN = 88
BAR = 28
INK, SOFT, PAPER, RULE = "#1a1a1c", "#4d4d4d", "#ffffff", "#d8d8db"
# The largest size at which the title fits, with how many lines may be taken.
SIZES = ((84, 2), (64, 3), (52, 4), (42, 5))
LEADING = 1.36
# Known to be in no font: what is drawn for it is drawn for every missing sign.
NOWHERE = "\U0010fffe"


@dataclass(frozen=True)
class CardWords:
    """`colour` as #rrggbb; `when` is empty where nothing is to come."""

    title: str
    kind: str
    when: str
    place: str
    city: str
    site: str
    colour: str


def card_png(words: CardWords) -> bytes | None:
    """None where the title cannot be shown."""
    title = drawable(words.title)
    if not title:
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, BAR, HEIGHT), fill=words.colour)
    left = MARGIN + BAR
    pen.text((left, 64), drawable(words.kind), font=font(36), fill=SOFT)
    _title(pen, title, left)
    _below(pen, words, left)
    packed = BytesIO()
    image.quantize(64).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _title(pen: ImageDraw.ImageDraw, title: str, left: int) -> None:
    size, lines = _fitted(title, WIDTH - left - MARGIN)
    leading = round(size * LEADING)
    top = 124 + (284 - leading * len(lines)) // 2
    for number, line in enumerate(lines):
        pen.text((left, top + number * leading), line, font=font(size), fill=INK)


def _fitted(title: str, width: int) -> tuple[int, list[str]]:
    for size, most in SIZES:
        lines = wrapped(title, width=width, most=most, measure=font(size).getlength)
        if lines:
            return size, lines
    size, most = SIZES[-1]
    return _fitted(f"{title[: len(title) * 3 // 4]}…", width)


def _below(pen: ImageDraw.ImageDraw, words: CardWords, left: int) -> None:
    for text, top in ((words.when, 420), (words.place, 470)):
        pen.text((left, top), _cut(drawable(text), 36, left), font=font(36), fill=INK)
    pen.line((left, 540, WIDTH - MARGIN, 540), fill=RULE, width=2)
    name = f"{words.city}　{words.site}"
    pen.text((left, 556), _cut(drawable(name), 32, left), font=font(32), fill=SOFT)


def _cut(text: str, size: int, left: int) -> str:
    measure, width = font(size).getlength, WIDTH - left - MARGIN
    if measure(text) <= width:
        return text
    while text and measure(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


def drawable(text: str) -> str:
    """What the font has, in one line."""
    known = "".join(sign for sign in text if sign.isspace() or _has(sign))
    return " ".join(known.split())


@cache
def _has(sign: str) -> bool:
    return _shape(sign) != _shape(NOWHERE)


def _shape(sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font(32).getmask(sign)
    return mask.size, bytes(mask)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
