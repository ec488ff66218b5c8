"""Blocks of a text: what they show, what they refuse, and how often they ask."""

import json
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.blocks import BodyBlock
from cms.blocks.courses import CourseListBlock, address_problems
from cms.blocks.files import PictureBlock
from cms.models import StandardPage
from courses.models import Instructor
from tests.factories import (
    NOON,
    CourseFactory,
    InstructorFactory,
    UserFactory,
)


@pytest.fixture
def show(client, site):
    """The page of a text as a visitor sees it."""

    def shown(*blocks: tuple[str, object]) -> str:
        page = StandardPage.objects.get()
        page.body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
        page.save_revision().publish()
        response = client.get("/privacy/")
        assert response.status_code == 200
        return response.content.decode()

    return shown


def picture():
    file = BytesIO()
    Image.new("RGB", (20, 20)).save(file, "PNG")
    return get_image_model().objects.create(
        title="写真", file=ImageFile(file, name="p.png"), width=20, height=20
    )


def instructor(**facts) -> Instructor:
    return InstructorFactory(**{"consents_to_publish": True, "approved_at": NOON, **facts})


def test_quotation_says_whose_words_they_are(show):
    html = show(("quotation", {"words": "来てよかった。", "who": "受講者（60代）"}))

    assert "<blockquote><p>来てよかった。</p></blockquote>" in html
    assert "<figcaption>受講者（60代）</figcaption>" in html


def test_people_are_those_who_may_be_shown_now(show, client):
    shown, hidden = instructor(), instructor(family_name="秘密", approved_at=None)

    html = show(("people", {"people": [shown.pk, hidden.pk, 987654]}))

    assert reverse("instructor_page", args=[shown.pk]) in html
    assert "秘密" not in html

    Instructor.objects.filter(pk=shown.pk).update(consents_to_publish=False)
    assert shown.full_name not in client.get("/privacy/").content.decode()


def test_download_says_kind_and_size(show):
    document = get_document_model()(title="手引き")
    document.file.save("guide.pdf", ContentFile(b"%PDF-1.4" + b" " * 2040), save=False)
    document.file_size = 2048
    document.save()

    html = show(("downloads", {"files": [{"document": document.pk, "title": ""}]}))

    assert f'href="{document.url}"' in html
    assert "手引き" in html
    assert "（PDF、2.0" in html


@pytest.mark.parametrize(
    ("decorative", "alt", "passes"),
    [(False, "", False), (False, "まち歩きの様子", True), (True, "", True)],
)
def test_picture_is_described_or_marked_as_decoration(db, decorative, alt, passes):
    block, chosen = PictureBlock(), picture()
    sent = {"p-image": chosen.pk, "p-alt_text": alt}
    sent |= {"p-decorative": "on"} if decorative else {}
    value = block.value_from_datadict(sent, MultiValueDict(), "p")

    if passes:
        assert block.clean(value).pk == chosen.pk
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


def test_list_of_courses_follows_a_pasted_address(show, offer):
    offer("防災", course={"kind": "workshop"})
    offer("会計")

    value = {"heading": "ワークショップ", "address": "/courses/?kind=workshop", "most": 3}
    html = show(("courses", value))

    assert 'href="/courses/防災/"' in html
    assert 'href="/courses/会計/"' not in html
    assert "もっと見る" not in html


def test_list_of_courses_shows_a_few_and_leads_to_the_rest(show, offer):
    for number in range(3):
        offer(f"講座{number}", days=number + 1, course={"kind": "workshop"})

    html = show(("courses", {"kind": ["workshop"], "open": True, "most": 2}))

    assert html.count('class="card"') == 2
    assert 'href="/courses/?kind=workshop&amp;open=1"' in html
    assert "（全3件）" in html


def test_list_that_finds_nothing_says_so(show):
    html = show(("courses", {"heading": "講座", "stage": ["growth"], "most": 3}))

    assert "条件に合う講座は、いまはありません。" in html


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/",
        "/series/",
        "//[",
        "/courses/?stage=nope",
        "/courses/?from=31-02",
    ],
)
def test_address_that_is_none_of_the_catalogue_is_refused(site, address):
    assert address_problems(address) != []


def test_wrong_address_is_named_at_its_field(site):
    block = CourseListBlock()
    value = block.to_python({"address": "/news/", "most": 3})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)

    assert set(refused.value.block_errors) == {"address"}


@pytest.mark.parametrize("address", ["", "/courses/", "/en/courses/?kind=forum&open=1"])
def test_address_of_the_catalogue_is_taken(site, address):
    assert address_problems(address) == []


def test_call_to_apply_says_reception_as_it_is_now(show, client, offer):
    run = offer("防災", places=20, taken=19)

    html = show(("apply", {"course": run.course_id, "words": "次は歩いてみませんか。"}))

    assert "次は歩いてみませんか。" in html
    assert "残りわずか（残り1名）" in html
    assert f'href="{reverse("apply", args=[run.code])}"' in html

    run.pools.update(seats_taken=20)
    again = client.get("/privacy/").content.decode()
    assert "キャンセル待ちに申し込む" in again


def test_call_to_apply_to_a_draft_shows_nothing(show):
    course = CourseFactory(title="下書き", published_at=None)

    html = show(("apply", {"course": course.pk, "words": "ぜひ"}))

    assert "下書き" not in html
    assert "ぜひ" not in html


def test_a_text_has_a_few_lists_only(db):
    block = BodyBlock()
    courses = {"type": "courses", "value": {"most": 3}}

    block.clean(block.to_python([courses] * 3))
    with pytest.raises(ValidationError):
        block.clean(block.to_python([courses] * 4))


def test_lists_take_as_many_queries_for_three_courses_as_for_one(
    show, client, offer, django_assert_max_num_queries
):
    def fill(number: int) -> int:
        for at in range(number):
            run = offer(f"講座{number}-{at}", course={"kind": "workshop"})
        people = [instructor().pk for _ in range(number)]
        show(
            ("courses", {"kind": ["workshop"], "most": 6}),
            ("apply", {"course": run.course_id}),
            ("people", {"people": people}),
        )
        with django_assert_max_num_queries(40) as counted:
            client.get("/privacy/")
        return len(counted)

    assert fill(1) == fill(2)


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_every_block_tells_an_editor_what_it_is_for(site, name):
    block = BodyBlock().child_blocks[name]
    request = RequestFactory().get("/manage/")
    request.user = UserFactory()

    assert block.get_description()
    assert block.is_previewable
    template = block.get_preview_template(block.get_preview_value(), {})
    assert template.startswith(("cms/blocks/preview/", "wagtailcore/shared/"))


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_preview_of_a_block_looks_like_the_site(admin_client, site, name):
    block = StandardPage.body.field.stream_block.child_blocks[name]

    url = reverse("wagtailadmin_block_preview")
    response = admin_client.get(url, {"id": block.definition_prefix})

    html = response.content.decode()
    assert response.status_code == 200
    assert "cms/css/prose" in html
    assert len(html.split("<main")[1]) > 60
