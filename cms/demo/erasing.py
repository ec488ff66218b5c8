"""Emptying the database before the city is built: everything but the taxonomy, the
schema's own rows, and the administrators that the operator made."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session as LoginSession
from django.db.models import Model, Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from accounts.models import Department, User
from cms.demo.accounts import ACCOUNTS
from cms.demo.tree import HOME_KEY
from cms.models import (
    EventListUpload,
    ExportJob,
    HomePage,
    ImportUpload,
    SavedExport,
    SavedMapping,
)
from courses.models import ClosingDay, Course, CourseTemplate
from enrollments.models import SurveyTemplate
from learning_paths.models import Group

APPS = ("accounts", "courses", "enrollments", "learning_paths")
KEPT = {
    "accounts.PurposeNotice",
    "accounts.User",
    "courses.Audience",
    "courses.ClosingDay",
    "courses.Competency",
    "courses.CourseTemplate",
    "courses.Stage",
    "courses.Theme",
    "enrollments.Milestone",
    "enrollments.SurveyTemplate",
}


def in_production() -> bool:
    return (settings.SETTINGS_MODULE or "").endswith(".production")


def is_empty() -> bool:
    """Nobody has begun to use the site."""
    kinds = (HomePage, Course, Department, Group)
    return not any(kind.objects.exists() for kind in kinds)


def is_demo() -> bool:
    return HomePage.objects.filter(translation_key=HOME_KEY).exists()


def erase() -> None:
    for home in HomePage.objects.all():
        home.delete()
    get_image_model().objects.all().delete()
    get_document_model().objects.all().delete()
    for kind in (EventListUpload, ImportUpload, ExportJob, SavedExport, SavedMapping):
        kind.objects.all().delete()
    # Of the lists that stay, what belongs to a section or a venue goes with it.
    CourseTemplate.objects.filter(department__isnull=False).delete()
    SurveyTemplate.objects.filter(department__isnull=False).delete()
    ClosingDay.objects.filter(venue__isnull=False).delete()
    for model in _in_order(_models()):
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)
    own = Q(is_superuser=True) & ~Q(email__in=[account.email for account in ACCOUNTS])
    User.objects.exclude(own).delete()
    # A signed-in browser must not find itself in somebody else's account.
    LoginSession.objects.all().delete()


def _models() -> list[type[Model]]:
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.label not in KEPT and not model._meta.proxy
    ]


def _in_order(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Those that need others first, so that nothing is left pointing nowhere. Where a
    reference may be empty the database looks at the end of the transaction only, and two
    tables may point at each other."""
    wanted = list(models)
    pointed_from: dict[type[Model], set[type[Model]]] = {model: set() for model in wanted}
    for model in wanted:
        for field in model._meta.concrete_fields:
            target = field.related_model
            if target in pointed_from and target is not model and not field.null:
                pointed_from[target].add(model)
    return list(TopologicalSorter(pointed_from).static_order())
