"""What visitors of several journeys do: come in signed in, and read their mail."""

import re
from datetime import datetime

from django.core import mail
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from enrollments.domain.delivery import deliver_due
from tests.browser.axe import assert_fits, violations

# Wagtail's own frame around our pages is measured by Wagtail.
OURS = "main"
AT_REST = """() => Promise.all(document.getAnimations()
  .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
  .map(animation => animation.finished.catch(() => null)))"""


def come_in_as(page: Page, user: User, *, address: str) -> None:
    """The sign-in form has a journey of its own."""
    signed_in = Client()
    signed_in.force_login(user)
    session = signed_in.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def follow(page: Page, name: str, *, role: str = "link") -> None:
    """What is looked at next is the page that this leads to, never the one left."""
    with page.expect_navigation():
        page.get_by_role(role, name=name).click()


def mails_to(recipient: str, *, at: datetime) -> list[mail.EmailMessage]:
    """What has come by then, the last one at the end."""
    deliver_due(at=at, limit=100)
    return [message for message in mail.outbox if message.to == [recipient]]


def link_in(message: mail.EmailMessage, path: str) -> str:
    found = re.search(rf"http\S+{path}\S+", message.body)
    assert found, message.body
    return found[0]


def is_fine(page: Page, *, context: str | None = None) -> None:
    """Accessible, and not wider than the screen, once nothing moves any more: Wagtail's
    messages fade in, and are pale until then."""
    page.evaluate(AT_REST)
    found = violations(page, context=context)
    assert not found, f"{page.url}: {found}"
    assert_fits(page)
