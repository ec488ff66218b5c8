from wagtail.users.apps import WagtailUsersAppConfig


class ManabibaUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's user pages for people known by mail address, with 氏, 名 and section."""

    user_viewset = "cms.users.viewsets.StaffUserViewSet"
