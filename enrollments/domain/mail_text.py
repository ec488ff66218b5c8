"""A mail's template: its first line is the subject, and lines left out leave no holes."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

EMPTY_LINES = re.compile(r"\n\s*\n\s*\n")


def mail_text(template: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body, in the language that is active. Every template knows the names of
    the site and the city."""
    names = {"site_name": settings.SITE_NAME, "city_name": settings.CITY_NAME}
    text = render_to_string(template, {**names, **words})
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip(), EMPTY_LINES.sub("\n\n", body).strip() + "\n"
