"""A phone whose camera sees what we choose."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import segno
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHROMIUM, QUIET

WIDTH, HEIGHT, SIGN = 640, 480, 12
PAPER, INK, GREY = 235, 16, 128


def still_video_of(text: str) -> bytes:
    """A QR code in the middle of a white sheet, as YUV4MPEG2 of two frames."""
    code = [list(row) for row in segno.make(text, micro=False).matrix]
    size = len(code) * SIGN
    left, top = (WIDTH - size) // 2, (HEIGHT - size) // 2
    picture = bytearray([PAPER]) * (WIDTH * HEIGHT)
    for y, row in enumerate(code):
        line = b"".join(bytes([INK if dark else PAPER]) * SIGN for dark in row)
        for inside in range(SIGN):
            start = (top + y * SIGN + inside) * WIDTH + left
            picture[start : start + size] = line
    colours = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + bytes(picture) + colours
    return f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + frame * 2


@contextmanager
def phone_that_films(chromium: Browser, video: Path) -> Iterator[Page]:
    """It asks nobody whether the camera may be used."""
    films = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    ]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*QUIET, *films])
    try:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="ja-JP"
        )
        context.set_default_timeout(15_000)
        yield context.new_page()
    finally:
        browser.close()
