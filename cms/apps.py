from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("ページ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import (  # noqa: F401
            approval_messages,
            checks,
            publication,
            quick_moments,
        )
        from cms.page_cache import watching

        publication.connect()
        approval_messages.connect()
        quick_moments.connect()
        pre_migrate.connect(watching.rest, sender=self, dispatch_uid="cms.watching")
        post_migrate.connect(watching.begin, sender=self, dispatch_uid="cms.watching")
