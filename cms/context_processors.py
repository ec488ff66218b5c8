"""What every page's frame needs: names and addresses that never change per request."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {
        "site_name": settings.SITE_NAME,
        "city_name": settings.CITY_NAME,
        "city_phone": settings.CITY_PHONE,
        "public_url": settings.PUBLIC_URL,
    }
