from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("講座")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.guarding import keep
        from courses.domain.shared_facts import put_around_changes
        from courses.guards import GUARDS

        keep(GUARDS, app=self)
        put_around_changes()
