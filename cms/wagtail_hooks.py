"""The back office: courses come first, and nobody changes another section's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.chooser import ChooserViewSet

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import works_for
from accounts.models import User
from cms.approval import may_publish
from cms.choosers import course_chooser, instructor_chooser
from cms.models import CoursePage
from cms.panels import StartPanel
from cms.search.reindex import reindex_courses_naming
from cms.views import (
    access_log,
    approving,
    bulletin,
    changes,
    course_editing,
    course_list,
    course_preview,
    course_templates,
    event_lists,
    export_jobs,
    exports,
    findings_publishing,
    flyer,
    import_acts,
    import_steps,
    imports,
    open_data_gaps,
    publication_schedule,
    run_announcing,
    run_editing,
)
from cms.viewsets import SearchGroup
from courses.viewsets.parts import PART_CHANGED


@hooks.register("register_admin_urls")
def back_office_urls() -> list[URLPattern]:
    return [
        *course_urls(),
        *template_urls(),
        *publication_urls(),
        *run_urls(),
        *list_urls(),
        *import_urls(),
        *export_urls(),
    ]


def course_urls() -> list[URLPattern]:
    return [
        path("courses/", course_list.courses, name="manage_courses"),
        path("courses/new/", course_editing.new_course, name="manage_course_new"),
        path("courses/<int:pk>/", course_list.course, name="manage_course"),
        path(
            "courses/<int:pk>/edit/", course_editing.edit_course, name="manage_course_edit"
        ),
        path(
            "courses/<int:pk>/preview/",
            course_preview.preview,
            name="manage_course_preview",
        ),
        path("runs/<slug:code>/flyer/", flyer.flyer, name="manage_flyer"),
        path(
            "courses/<int:pk>/changes/",
            changes.course_changes,
            name="manage_course_changes",
        ),
        path("open-data/", open_data_gaps.gaps, name="manage_open_data"),
    ]


def template_urls() -> list[URLPattern]:
    return [
        path(
            "courses/templates/", course_templates.templates, name="manage_course_templates"
        ),
        path(
            "courses/templates/<int:pk>/delete/",
            course_templates.delete,
            name="manage_course_template_delete",
        ),
    ]


def publication_urls() -> list[URLPattern]:
    return [
        path(
            "courses/<int:pk>/publish/",
            course_editing.publish_course,
            name="manage_course_publish",
        ),
        path("courses/<int:pk>/approval/", approving.decide, name="manage_course_approval"),
        path("courses/<int:pk>/approval/ask/", approving.ask, name="manage_course_ask"),
        path(
            "courses/<int:pk>/approval/withdraw/",
            approving.take_back,
            name="manage_course_take_back",
        ),
        path(
            "courses/<int:pk>/schedule/",
            publication_schedule.schedule,
            name="manage_course_schedule",
        ),
        path(
            "courses/<int:pk>/schedule/cancel/",
            publication_schedule.cancel,
            name="manage_course_unschedule",
        ),
    ]


def run_urls() -> list[URLPattern]:
    return [
        path("courses/<int:pk>/runs/new/", run_editing.new_run, name="manage_run_new"),
        path("runs/<slug:code>/edit/", run_editing.edit_run, name="manage_run_edit"),
        path("runs/<slug:code>/changes/", changes.run_changes, name="manage_run_changes"),
        path(
            "runs/<slug:code>/announce/",
            run_announcing.announce,
            name="manage_run_announce",
        ),
        path(
            "runs/<slug:code>/findings/<int:number>/publish/",
            findings_publishing.publish,
            name="manage_findings_publish",
        ),
    ]


def list_urls() -> list[URLPattern]:
    return [
        path("bulletin/", bulletin.bulletin, name="manage_bulletin"),
        path("open-data/", open_data_gaps.gaps, name="manage_open_data"),
        path("import/", event_lists.choose, name="manage_import"),
        path("import/<uuid:key>/", event_lists.plan, name="manage_import_plan"),
        path(
            "import/<uuid:key>/apply/",
            event_lists.take_over_list,
            name="manage_import_apply",
        ),
        path(
            "import/<uuid:key>/discard/", event_lists.discard, name="manage_import_discard"
        ),
    ]


def import_urls() -> list[URLPattern]:
    one = "imports/<uuid:key>/"
    return [
        path("imports/", imports.start, name="manage_imports"),
        path("imports/new/<slug:name>/", imports.choose, name="manage_imports_new"),
        path(
            "imports/new/<slug:name>/example/",
            imports.example_file,
            name="manage_imports_example",
        ),
        path(one, import_steps.show, name="manage_imports_one"),
        path(f"{one}refused/", import_steps.refused_file, name="manage_imports_refused"),
        path(f"{one}reading/", import_acts.read_again, name="manage_imports_reading"),
        path(f"{one}plan/", import_acts.plan, name="manage_imports_plan"),
        path(f"{one}columns/", import_acts.map_again, name="manage_imports_columns"),
        path(f"{one}apply/", import_acts.apply, name="manage_imports_apply"),
        path(f"{one}undo/", import_acts.undo, name="manage_imports_undo"),
        path(f"{one}discard/", import_acts.give_up, name="manage_imports_discard"),
    ]


def export_urls() -> list[URLPattern]:
    return [
        path("exports/", exports.start, name="manage_exports"),
        path("exports/files/<uuid:key>/", export_jobs.show, name="manage_export_job"),
        path("exports/files/<uuid:key>/file/", export_jobs.file, name="manage_export_file"),
        path("exports/files/<uuid:key>/act/", export_jobs.act, name="manage_export_act"),
        path("exports/<slug:name>/", exports.export, name="manage_export"),
        path("runs/<slug:code>/exports/", exports.of_run, name="manage_run_exports"),
        path("access-log/", access_log.access_log, name="manage_access_log"),
    ]


@hooks.register("register_admin_viewset")
def choosers() -> list[ChooserViewSet]:
    return [course_chooser, instructor_chooser]


@hooks.register("register_admin_menu_item")
def courses_menu_item() -> MenuItem:
    return MenuItem(_("講座"), reverse("manage_courses"), icon_name="openquote", order=100)


@hooks.register("register_admin_menu_item")
def bulletin_menu_item() -> MenuItem:
    return MenuItem(
        _("広報原稿"), reverse("manage_bulletin"), icon_name="doc-full", order=130
    )


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    return MenuItem(_("取込み"), reverse("manage_imports"), icon_name="upload", order=140)


@hooks.register("register_admin_menu_item")
def exports_menu_item() -> MenuItem:
    return MenuItem(_("出力"), reverse("manage_exports"), icon_name="download", order=145)


@hooks.register("register_admin_viewset")
def words_of_the_search() -> SearchGroup:
    return SearchGroup()


@hooks.register("construct_homepage_panels")
def own_panels(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for approval stands in our own panel, with what needs somebody."""
    ours = ("workflow_objects_to_moderate", "user_objects_in_workflow_moderation")
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in ours]
    panels.insert(0, StartPanel())


@hooks.register("before_create_page")
def make_courses_in_their_form(
    request: HttpRequest, parent: Any, page_class: type
) -> HttpResponse | None:
    """A page needs a course, so it is made where the course is."""
    return redirect("manage_course_new") if issubclass(page_class, CoursePage) else None


def _own_course_only(request: HttpRequest, page: Any, *args: Any) -> None:
    """A second wall behind the page's own permissions."""
    section = getattr(page.specific, "section", None)
    if section is not None and not works_for(request.user, section):
        raise NotAllowed


for moment in (
    "before_edit_page",
    "before_delete_page",
    "before_publish_page",
    "before_unpublish_page",
    "before_copy_page",
    "before_move_page",
):
    hooks.register(moment, _own_course_only)


@hooks.register("before_publish_page")
def with_approval_only(request: HttpRequest, page: Any) -> None:
    """A second wall here too."""
    specific = page.specific
    if isinstance(specific, CoursePage) and not may_publish(request.user, specific.course):
        raise NotAllowed


@hooks.register("before_copy_page")
def a_course_has_one_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A copy would be a second page of the same course."""
    return redirect("manage_course_new") if isinstance(page.specific, CoursePage) else None


@hooks.register("before_bulk_action")
def own_courses_only(
    request: HttpRequest, action_type: str, objects: list[Any], action_class: Any
) -> None:
    for found in objects:
        if isinstance(found, User):
            # Accounts are closed one by one, in their own form.
            raise NotAllowed
        if hasattr(found, "specific"):
            _own_course_only(request, found)


@hooks.register("construct_main_menu")
def own_menu_only(request: HttpRequest, items: list[Any]) -> None:
    """Help leads to pages in English on other hosts; reports are about all pages."""
    beside = {"help"} if request.user.is_superuser else {"help", "reports"}
    items[:] = [item for item in items if item.name not in beside]


@hooks.register("insert_global_admin_css")
def brand() -> str:
    """The site's name in place of the library's."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/manage/brand.css"))


@hooks.register("construct_homepage_summary_items")
def no_counts(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and images there are says nothing to an officer."""
    items.clear()


@hooks.register(PART_CHANGED)
def find_by_the_new_name(request: HttpRequest, part: Any) -> None:
    """Also takes the name of somebody who no longer consents out of the search."""
    reindex_courses_naming(part)
