from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("利用者")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.domain.own_account import contribute_account

        contribute_account()
