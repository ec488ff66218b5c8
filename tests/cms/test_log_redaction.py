"""What opens something is never written to a log."""

import copy
import io
import logging
import logging.config
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.config import Config

from cms.log_redaction import RedactingLogger, RedactSecrets, redact

SECRET = "Ab3-_xY.z9"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (f"/calendar/{SECRET}.ics", "/calendar/***"),
        (f"/calendar/{'0' * 32}.{SECRET}.ics", "/calendar/***"),
        (f"/calendar%2f{SECRET}.ics", "/calendar/***"),
        (f"/%63alendar/{SECRET}.ics?a%0Ab", "/calendar/***?a%0Ab"),
        (f"/applications/{SECRET}/", "/applications/***/"),
        ("/manage/people/?q=%E5%B1%B1%20%E7%94%B0", "/manage/people/?q=***"),
        ("/door/12/?q=%E3%82%84%E3%81%BE", "/door/12/?q=***"),
        ("/door/12/elsewhere/?q=やま", "/door/12/elsewhere/?q=***"),
        ("/calendar.ics?q=%E9%98%B2", "/calendar.ics?q=%E9%98%B2"),
        (f"/en/applications/{SECRET}/withdraw/", "/en/applications/***/withdraw/"),
        (f"/groups/invitation/{SECRET}/", "/groups/invitation/***/"),
        (f"/accounts/confirm-email/{SECRET}/", "/accounts/confirm-email/***/"),
        (f"/accounts/password/reset/key/{SECRET}/", "/accounts/password/reset/key/***/"),
        ("/calendar.ics?q=防災", "/calendar.ics?q=防災"),
        ("/calendar/?stage=growth", "/calendar/?stage=growth"),
        ("/courses/bosai/calendar.ics", "/courses/bosai/calendar.ics"),
    ],
)
def test_secret_part_of_a_path_is_struck_out(path, written):
    assert redact(path) == written


def test_filter_reads_the_arguments_too():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Not Found: %s 100%%", (), None
    )
    record.args = (f"/calendar/{SECRET}.ics",)
    assert RedactSecrets().filter(record)
    assert record.getMessage() == "Not Found: /calendar/*** 100%"


def test_text_of_an_exception_names_no_secret():
    """As the site's own log writes it, handler and formatter taken from the settings."""
    written = io.StringIO()
    logger = logging.getLogger("test.redaction")
    config = copy.deepcopy(settings.LOGGING)
    config["handlers"]["console"]["stream"] = written
    config["loggers"] = {logger.name: {"handlers": ["console"], "propagate": False}}
    del config["root"]
    logging.config.dictConfig({**config, "incremental": False})
    try:
        raise RuntimeError(f"no answer from https://a.example/calendar/{SECRET}.ics")
    except RuntimeError:
        logger.exception("Internal Server Error: %s", f"/calendar/{SECRET}.ics")
    assert SECRET not in written.getvalue()
    assert (
        "RuntimeError: no answer from https://a.example/calendar/***" in written.getvalue()
    )


@pytest.fixture
def gunicorn_logger():
    return RedactingLogger(Config())


def test_access_log_of_gunicorn_names_no_secret(gunicorn_logger):
    address = f"/calendar/{SECRET}.ics"
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "PATH_INFO": address,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://manabiba.example{address}",
    }
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])
    request = SimpleNamespace(headers=[("REFERER", address)])
    atoms = gunicorn_logger.atoms(response, request, environ, timedelta(seconds=1))
    assert SECRET not in str(atoms)
    assert atoms["r"] == "GET /calendar/*** HTTP/1.1"


def test_error_log_of_gunicorn_names_no_secret(gunicorn_logger):
    assert any(isinstance(f, RedactSecrets) for f in gunicorn_logger.error_log.filters)
