from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningPathsConfig(AppConfig):
    name = "learning_paths"
    verbose_name = _("学びの道すじ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.guarding import keep
        from learning_paths.domain.known_groups import tell_of_groups
        from learning_paths.domain.own_data import contribute_groups_and_requests
        from learning_paths.domain.path_certificates import tell_of_certificates
        from learning_paths.guards import GUARDS

        tell_of_groups()
        tell_of_certificates()
        contribute_groups_and_requests()
        keep(GUARDS, app=self)
