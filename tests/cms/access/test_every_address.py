"""Every address for every kind of visitor, looked at and written to: one that is added to
the site and is not told of in the rows makes a test fail."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cms.access.addresses import our_addresses
from tests.cms.access.examples import City, arguments
from tests.cms.access.rows import ADDRESSES, SPACES, rows
from tests.cms.access.visitors import Answer, Reach, Visitor, answer_of, visitors

WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# Whose link is forged learns no more than whose mail was stopped.
SAYS_THE_SAME = {"monthly_stop", "held_again_stop"}
FOUND = our_addresses()
ROWS, OF_SPACES = rows(ADDRESSES), rows(SPACES)


@pytest.fixture
def known() -> City:
    return City()


@pytest.fixture
def who(city, db, known: City, settings) -> dict[Visitor, Client]:
    """However often they come."""
    settings.RULES_OF_USE = dict.fromkeys(settings.RULES_OF_USE, "9999/1m")
    return visitors(known)


def _space(name: str) -> str:
    """Empty for addresses that have a row of their own."""
    space, colon, _what = name.partition(":")
    return space if colon and space in OF_SPACES else ""


def _reach(name: str) -> Reach:
    return OF_SPACES[_space(name)] if _space(name) else ROWS[name]


def _url(known: City, name: str) -> str:
    if name.startswith("/"):
        return name
    return reverse(name, kwargs=arguments(known, name, FOUND[name]))


def test_every_address_is_told_of():
    assert {name for name in FOUND if not _space(name)} == ROWS.keys()
    assert {_space(name) for name in FOUND if _space(name)} == OF_SPACES.keys()


@pytest.mark.parametrize("part", range(4))
def test_those_who_are_turned_away_are_and_write_nothing(known, who, part):
    wrong, written = [], []
    for name in sorted(FOUND)[part::4]:
        reach = _reach(name)
        if not reach.turned_away:
            continue
        url = _url(known, name)
        for visitor, expected in reach.turned_away.items():
            with CaptureQueriesContext(
                connection,
            ) as asked:
                given = [answer_of(send(url)) for send in _ways(who[visitor])]
            if set(given) - {expected, Answer.NO_SUCH_METHOD} or expected not in given:
                wrong.append((name, visitor.value, [one.value for one in given]))
            written += [
                (name, visitor.value, query["sql"][:80])
                for query in asked.captured_queries
                if WRITES.match(query["sql"])
            ]

    assert wrong == []
    assert written == []


def _ways(client: Client):
    return client.get, client.post


@pytest.mark.parametrize("part", range(4))
def test_those_who_come_in_do_and_an_empty_form_breaks_nothing(known, who, part):
    """An error of the server is raised here."""
    wrong = []
    for name in sorted(ROWS)[part::4]:
        visitor = ROWS[name].comes_in
        if visitor is None or "(" in name:
            continue
        url = _url(known, name)
        for send in _ways(who[visitor]):
            given = answer_of(send(url))
            if given in (Answer.SIGN_IN, Answer.REFUSED):
                wrong.append((name, visitor.value, given.value))

    assert wrong == []


def test_forged_links_open_nothing(known, who):
    client, opened = who[Visitor.ANONYMOUS], []
    for name, parameters in FOUND.items():
        if "token" not in parameters or name in SAYS_THE_SAME:
            continue
        given = arguments(known, name, parameters)
        last = "A" if given["token"][-1] != "A" else "B"
        url = reverse(name, kwargs={**given, "token": given["token"][:-1] + last})
        for send in _ways(client):
            answer = answer_of(send(url))
            if answer not in (Answer.HIDDEN, Answer.NO_SUCH_METHOD):
                opened.append((name, answer.value))

    assert opened == []


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_numbers_of_no_row_are_not_found(known, who, number):
    """Whoever may open everything asks for rows that cannot be."""
    opened = []
    for name, parameters in FOUND.items():
        numbers = {"pk", "person", "mark", "number"} & set(parameters)
        if not numbers or ":" in name:
            continue
        wrong = dict.fromkeys(numbers, number)
        url = reverse(name, kwargs={**arguments(known, name, parameters), **wrong})
        answer = answer_of(who[Visitor.ADMIN].get(url))
        if answer == Answer.OPEN:
            opened.append(name)

    assert opened == []
