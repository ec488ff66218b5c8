"""Shared cover pictures as images of the site."""

from collections.abc import Callable

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from accounts.models import User
from cms.demo.drawing import land, things
from cms.demo.drawing.canvas import HEIGHT, WIDTH, Canvas

# name → how it is drawn, what it shows
MOTIFS: dict[str, tuple[Callable[[], Canvas], str]] = {
    "sprouts": (land.sprouts, "芽を出した苗のイラスト"),
    "paths": (land.paths, "野をこえて続く道と三つの目印のイラスト"),
    "houses": (land.houses, "並んだ家のイラスト"),
    "hills": (land.hills, "重なる丘と朝日のイラスト"),
    "leaves": (land.leaves, "木の葉の模様"),
    "water": (land.water, "川の流れと魚のイラスト"),
    "table": (things.table, "丸い卓を囲む人のイラスト"),
    "blocks": (things.blocks, "積み木のイラスト"),
    "cards": (things.cards, "壁に貼った付せんのイラスト"),
    "books": (things.books, "棚に並ぶ本のイラスト"),
    "bridge": (things.bridge, "橋を渡る人のイラスト"),
    "coins": (things.coins, "積み上げた硬貨と芽のイラスト"),
    "bubbles": (things.bubbles, "話し言葉のふきだしのイラスト"),
    "circles": (things.circles, "重なり合う輪の模様"),
    "globe": (things.globe, "地球を囲む点のイラスト"),
    "lanterns": (things.lanterns, "夜のまつりの明かりのイラスト"),
    "screens": (things.screens, "パソコンの画面のイラスト"),
}


def build_covers(*, author: User) -> dict[str, AbstractImage]:
    model = get_image_model()
    found: dict[str, AbstractImage] = {}
    for name, (draw, description) in MOTIFS.items():
        file = draw().webp()
        found[name] = model.objects.create(
            title=f"表紙 {description}",
            description=description,
            file=ImageFile(file, name=f"cover-{name}.webp"),
            width=WIDTH,
            height=HEIGHT,
            file_size=file.getbuffer().nbytes,
            uploaded_by_user=author,
        )
    return found
