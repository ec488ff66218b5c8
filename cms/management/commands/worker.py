"""`manage.py worker`: what happens without a visitor: mail leaves, pages appear, those
who asked are told that a course is held again, or once a month what is recommended to
them, those who have a place that it is near, offered places are held no longer than they
may be, lists are planned and taken over.

Several workers may run side by side; a message is claimed by one of them.
"""

import logging
import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from cms.event_list_uploads import forget_expired
from cms.exports.jobs import forget_expired_exports, make_due
from cms.imports.duties import forget_expired_imports, take_up
from enrollments.domain.approval_deadline import end_undecided
from enrollments.domain.asking_heads import remind_heads
from enrollments.domain.delivery import AT_ONCE, deliver_due
from enrollments.domain.drafts import forget_expired_drafts
from enrollments.domain.drawing.announcing import settle_due
from enrollments.domain.held_again import forget_unconfirmed
from enrollments.domain.held_again_news import tell_of_new_runs
from enrollments.domain.offer_duties import expire_due, remind_due
from enrollments.domain.recommending.monthly import forget_sent, send_monthly
from enrollments.domain.reminders import remind
from enrollments.domain.surveys.follow_ups import send_follow_ups
from enrollments.domain.surveys.sending import send_due as send_surveys
from enrollments.domain.swapping import swap_due
from learning_paths.domain.instructor_requests.passing_on import expire_requests
from learning_paths.domain.outreach.duties import do_outreach_duties
from learning_paths.domain.wanted.confirming import (
    forget_unconfirmed as forget_unconfirmed_voices,
)

logger = logging.getLogger("manabiba.worker")
PUBLISH_EVERY = 30


class Command(BaseCommand):
    help = "お知らせを送り、予約された公開を行います。"
    more_to_tell = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="一度だけ実行します。")
        parser.add_argument("--pause", type=float, default=2.0, help="待つ秒数")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._round(publish=True)
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        rounds = 0
        while not stop.is_set():
            handled = 0
            try:
                handled = self._round(publish=rounds % PUBLISH_EVERY == 0)
            except OperationalError:
                # The database is away for a moment: nothing is lost, try again.
                logger.warning("database unavailable", exc_info=True)
            rounds += 1
            close_old_connections()
            if handled < AT_ONCE:
                stop.wait(options["pause"])

    def _round(self, *, publish: bool) -> int:
        if publish:
            call_command("publish_scheduled", verbosity=0)
            settle_due(at=timezone.now())
            forget_unconfirmed(at=timezone.now())
            forget_unconfirmed_voices(at=timezone.now())
            do_outreach_duties(at=timezone.now())
            forget_expired(at=timezone.now())
            forget_expired_imports(at=timezone.now())
            forget_expired_exports(at=timezone.now())
            remind(at=timezone.now())
            remind_heads(at=timezone.now())
            end_undecided(at=timezone.now())
            swap_due(at=timezone.now())
            expire_requests(at=timezone.now())
            send_surveys(at=timezone.now())
            send_follow_ups(at=timezone.now())
            forget_expired_drafts(at=timezone.now())
            forget_sent(at=timezone.now())
        expire_due(at=timezone.now())
        remind_due(at=timezone.now())
        if publish or self.more_to_tell:
            told = tell_of_new_runs(at=timezone.now(), limit=AT_ONCE)
            posted = send_monthly(at=timezone.now(), limit=AT_ONCE)
            self.more_to_tell = AT_ONCE in (told, posted)
        sent = deliver_due(at=timezone.now())
        make_due(at=timezone.now())
        take_up(at=timezone.now())  # last: a long list must not keep mail waiting
        return sent
