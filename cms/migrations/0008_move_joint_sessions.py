"""Joint sessions get a type of page of their own, below an index of their own.

A page keeps its number, its words, its revisions and its place in every history; its
former address leads on. Backwards the pages become pages of courses again, and what was
written into the fields that only a joint session has stays in their revisions.
"""

import uuid

from django.db import migrations
from django.utils import timezone

STEP = 4  # characters of a page's path per level
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
JOINT = "joint_session"
TITLE = "市民・職員合同学習会"
INTRO = "市民と市の職員が、同じ卓で地域の課題を学びます。"


def move_to_own_type(apps, schema_editor):
    home = apps.get_model("cms", "HomePage").objects.first()
    catalogue = apps.get_model("cms", "CatalogueIndexPage").objects.first()
    if home is None or catalogue is None:
        return  # no site yet: `set_up_site` makes the index
    index = _make_index(apps, home)
    _give_same_rights(apps, catalogue.page_ptr_id, index.page_ptr_id)
    pages = _pages(apps)
    JointSessionPage = apps.get_model("cms", "JointSessionPage")
    for page in pages:
        JointSessionPage(coursepage_ptr_id=page.pk).save_base(raw=True)
    _retype(apps, pages, old="coursepage", new="jointsessionpage")
    _move(apps, pages, source=catalogue, target=index)


def move_back(apps, schema_editor):
    index = apps.get_model("cms", "JointSessionIndexPage").objects.first()
    catalogue = apps.get_model("cms", "CatalogueIndexPage").objects.first()
    if index is None or catalogue is None:
        return
    JointSessionPage = apps.get_model("cms", "JointSessionPage")
    pages = list(
        apps.get_model("cms", "CoursePage").objects.filter(
            pk__in=JointSessionPage.objects.values("pk")
        )
    )
    JointSessionPage.objects.all()._raw_delete(schema_editor.connection.alias)
    _retype(apps, pages, old="jointsessionpage", new="coursepage")
    _move(apps, pages, source=index, target=catalogue)
    _drop_index(apps, index)


def _pages(apps):
    CoursePage = apps.get_model("cms", "CoursePage")
    return list(CoursePage.objects.filter(course__kind=JOINT).order_by("path"))


def _make_index(apps, home):
    Page = apps.get_model("wagtailcore", "Page")
    siblings = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
    slugs = set(siblings.values_list("slug", flat=True))
    slug = next(s for s in ("joint", "joint-sessions", uuid.uuid4().hex) if s not in slugs)
    now = timezone.now()
    index = apps.get_model("cms", "JointSessionIndexPage").objects.create(
        path=_free_path(Page, home),
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}{slug}/",
        slug=slug,
        title=TITLE,
        draft_title=TITLE,
        intro=INTRO,
        search_description=INTRO,
        live=True,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        locale_id=home.locale_id,
        translation_key=uuid.uuid4(),
        content_type=_type(apps, "jointsessionindexpage"),
    )
    Page.objects.filter(pk=home.pk).update(numchild=siblings.count())
    return index


def _drop_index(apps, index):
    """Only where nothing else was put below it."""
    Page = apps.get_model("wagtailcore", "Page")
    if Page.objects.get(pk=index.pk).numchild == 0:
        parent = Page.objects.get(path=index.path[:-STEP])
        apps.get_model("cms", "JointSessionIndexPage").objects.get(pk=index.pk).delete()
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild - 1)


def _give_same_rights(apps, source, target):
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    for given in GroupPagePermission.objects.filter(page=source):
        GroupPagePermission.objects.get_or_create(
            group_id=given.group_id, page_id=target, permission_id=given.permission_id
        )
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    for approval in WorkflowPage.objects.filter(page=source):
        WorkflowPage.objects.create(page_id=target, workflow_id=approval.workflow_id)


def _retype(apps, pages, *, old, new):
    """Wherever the type of a page is kept beside its number."""
    keys = [page.pk for page in pages]
    texts = [str(key) for key in keys]
    former, wanted = _type(apps, old), _type(apps, new)
    apps.get_model("wagtailcore", "Page").objects.filter(pk__in=keys).update(
        content_type=wanted
    )
    apps.get_model("wagtailcore", "PageLogEntry").objects.filter(page__in=keys).update(
        content_type=wanted
    )
    for app, name in (
        ("wagtailcore", "Revision"),
        ("wagtailcore", "WorkflowState"),
        ("wagtailcore", "ReferenceIndex"),
        ("modelsearch", "IndexEntry"),
    ):
        rows = apps.get_model(app, name).objects.filter(object_id__in=texts)
        rows.filter(content_type=former).update(content_type=wanted)


def _move(apps, pages, *, source, target):
    """Both indexes stand on the same level, so that nothing below changes its depth."""
    Page = apps.get_model("wagtailcore", "Page")
    above = Page.objects.get(pk=target.pk)
    for page in pages:
        Page.objects.filter(pk=page.pk).update(
            path=_free_path(Page, above), url_path=f"{above.url_path}{page.slug}/"
        )
    for parent in (source, target):
        place = Page.objects.get(pk=parent.pk)
        below = Page.objects.filter(path__startswith=place.path, depth=place.depth + 1)
        Page.objects.filter(pk=place.pk).update(numchild=below.count())


def _free_path(Page, parent):
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.order_by("-path").values_list("path", flat=True).first()
    number = int(last[-STEP:], 36) + 1 if last else 1
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return parent.path + digits.rjust(STEP, "0")


def _type(apps, model):
    ContentType = apps.get_model("contenttypes", "ContentType")
    return ContentType.objects.get_or_create(app_label="cms", model=model)[0]


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_joint_pages_blocks_resources_news"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("courses", "0004_seed_and_backfill"),
        (
            "modelsearch",
            "0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more",
        ),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(move_to_own_type, move_back)]
