from wagtail.users.apps import WagtailUsersAppConfig


class ManabibaUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's user pages, with 氏 and 名 in Japanese order."""
