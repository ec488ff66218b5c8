from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrollmentsConfig(AppConfig):
    name = "enrollments"
    verbose_name = _("申込み")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.guarding import keep
        from enrollments.domain.own_data.left_out import contribute_taking_part
        from enrollments.guards import GUARDS

        contribute_taking_part()
        keep(GUARDS, app=self)
