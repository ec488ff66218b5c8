"""`make pictures`: serve a fresh demo city and take the pictures of docs/images.

Needs Chromium. Pictures are reduced to a palette, which keeps text sharp and files small.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.server import free_port
from tests.pictures.shots import PASSWORD, SHOTS, Shot

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
COLOURS = 128
HEIGHT = 900


def main() -> int:
    wanted = set(sys.argv[1:])
    with demo_city() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                take(browser, address, shot)
        browser.close()
    return 0


@contextmanager
def demo_city() -> Iterator[str]:
    """Where it is served; its data are thrown away afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="manabiba-pictures-") as folder:
        environment = {
            **os.environ,
            "MANABIBA_VAR_DIR": folder,
            "MANABIBA_PUBLIC_URL": address,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        }
        command = [sys.executable, "manage.py", "serve"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(address)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _wait(address: str) -> None:
    for _ in range(240):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=2).read()  # noqa: S310
            return
        time.sleep(0.5)
    raise RuntimeError("the demo city did not start")


def take(browser: Browser, address: str, shot: Shot) -> None:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height or HEIGHT}, locale="ja-JP"
    )
    page = context.new_page()
    if shot.account:
        _sign_in(page, address, shot.account)
    page.goto(address + shot.path)
    shot.act(page)
    page.wait_for_timeout(400)
    _save(page.screenshot(), FOLDER / f"{shot.name}.png")
    context.close()


def _sign_in(page: Page, address: str, account: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def _save(taken: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    picture.quantize(COLOURS).save(path, optimize=True)
    print(f"{path.name}  {path.stat().st_size // 1024} KB")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
