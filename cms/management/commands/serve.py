"""`manage.py serve`: prepare the database, then run the web server and the worker.

For trying the site out and for a city that runs it on one machine; larger
installations start gunicorn and `manage.py worker` from their own supervisor.
"""

import os
import signal
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from cms.demo.erasing import in_production
from cms.models import HomePage


class Command(BaseCommand):
    help = "データベースを準備し、サイトと送信処理を起動します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--workers", default=os.environ.get("WEB_WORKERS", "2"))

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ.setdefault(
            "MANABIBA_PUBLIC_URL", f"http://{options['host']}:{options['port']}"
        )
        settings.PUBLIC_URL = os.environ["MANABIBA_PUBLIC_URL"]
        self.stdout.write("データベースを準備しています…")
        call_command("migrate", verbosity=0)
        if in_production():
            call_command("collectstatic", interactive=False, verbosity=0)
        if not HomePage.objects.exists():
            self._begin()
        self._announce()
        self._run_both(options)

    def _begin(self) -> None:
        """Something to look at; but never demo accounts on a city's own site."""
        if in_production():
            self.stdout.write("はじめての起動です。はじめのページをつくっています…")
            call_command("set_up_site", stdout=self.stdout)
            self.stdout.write(
                "manage.py createsuperuser で、最初の管理者をつくってください。"
            )
            return
        self.stdout.write("はじめての起動です。見本の市をつくっています…")
        call_command("demo", verbosity=0)

    def _announce(self) -> None:
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"  サイト        {settings.PUBLIC_URL}/",
                    f"  職員の画面    {settings.PUBLIC_URL}/manage/",
                    f"  カレンダー    {settings.PUBLIC_URL}/calendar.ics",
                    f"  送られたメール {getattr(settings, 'EMAIL_FILE_PATH', '—')}",
                ]
            )
        )
        call_command("demo", "--accounts", stdout=self.stdout)
        self.stdout.write("  止めるには Ctrl+C を押してください。\n")

    def _run_both(self, options: dict[str, Any]) -> None:
        """Both end together: when one stops, so does the other."""
        web = [
            sys.executable,
            "-m",
            "gunicorn",
            "cms.wsgi",
            f"--bind={options['host']}:{options['port']}",
            f"--workers={options['workers']}",
            "--threads=4",
            "--preload",
            "--no-control-socket",
            "--access-logfile=-",
            "--logger-class=cms.log_redaction.RedactingLogger",
        ]
        worker = [sys.executable, "manage.py", "worker"]
        processes = [
            subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603
            for command in (web, worker)
        ]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            while all(process.poll() is None for process in processes):
                try:
                    processes[0].wait(1)
                except subprocess.TimeoutExpired:
                    continue
        except KeyboardInterrupt:
            pass
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(15)
