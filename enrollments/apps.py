from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EnrollmentsConfig(AppConfig):
    name = "enrollments"
    verbose_name = _("申込み")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from enrollments.guards import lay_down, lift

        pre_migrate.connect(lift, sender=self, dispatch_uid="enrollments.guards")
        post_migrate.connect(lay_down, sender=self, dispatch_uid="enrollments.guards")
