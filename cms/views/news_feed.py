"""News as an Atom feed. Open to everybody; like the calendars it carries no language."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition, require_safe

from cms.models import NewsPage
from courses.domain.fiscal_year import TOKYO

MOST = 30
PATH = "/news/feed.atom"


def latest_change(request: HttpRequest) -> datetime | None:
    moments = shown_news().values_list("last_published_at", flat=True)
    return max((moment for moment in moments if moment), default=None)


@require_safe
@condition(last_modified_func=latest_change)
def news_feed(request: HttpRequest) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        feed = Atom1Feed(
            title=f"新着情報｜{settings.SITE_NAME}",
            link=f"{settings.PUBLIC_URL}/news/",
            feed_url=settings.PUBLIC_URL + PATH,
            description="",
            language=settings.LANGUAGE_CODE,
            author_name=settings.CITY_NAME,
        )
        for page in shown_news():
            address = f"{settings.PUBLIC_URL}/news/{page.slug}/"
            published = datetime.combine(page.dated_on, time.min, tzinfo=TOKYO)
            feed.add_item(
                title=page.title,
                link=address,
                description=page.intro,
                unique_id=f"{address}#{page.translation_key}",
                pubdate=published,
                updateddate=page.last_published_at or published,
            )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


def shown_news():
    return NewsPage.objects.live().public().order_by("-dated_on", "-pk")[:MOST]
