"""Building the whole city, in the order in which its parts need each other."""

from datetime import datetime

from django.db import transaction

from cms.demo import erasing
from cms.demo.accounts import build_accounts, grant_back_office
from cms.demo.covers import build_covers
from cms.demo.curricula import build_paths, build_series
from cms.demo.offerings import build_offerings
from cms.demo.organisation import build_organisation
from cms.demo.tree import build_home, build_pages


def build_city(*, at: datetime) -> None:
    """Replace what is in the database by the city as it stands at `at`."""
    with transaction.atomic():
        erasing.erase()
        organisation = build_organisation()
        accounts = build_accounts(organisation.departments)
        offerings = build_offerings(organisation, at=at)
        build_series(offerings.courses, organisation.departments)
        build_paths(offerings.courses)
        covers = build_covers(author=accounts.officer)
        home = build_home(author=accounts.admin)
        catalogue = build_pages(
            home, offerings, covers=covers, author=accounts.officer, at=at
        )
        grant_back_office(accounts, catalogue)
