"""What `manage.py check` says about the city's own settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from courses.domain.municipality import is_municipality_code

DEMO_CITY = "みどり野市"


@register()
def city_code_fits(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Open data with a wrong code are taken for another city's."""
    code = settings.CITY_CODE
    if not is_municipality_code(code):
        return [
            Error(
                f"MANABIBA_CITY_CODE is {code!r}, which is no 全国地方公共団体コード.",
                hint="Six digits; the last checks the others. 武蔵野市 is 132039.",
                id="cms.E001",
            )
        ]
    if code == settings.DEMO_CITY_CODE and settings.CITY_NAME != DEMO_CITY:
        return [
            Warning(
                "MANABIBA_CITY_CODE is still that of the demo city.",
                hint="Set the city's own six digits and MANABIBA_PREFECTURE_NAME.",
                id="cms.W001",
            )
        ]
    return []
