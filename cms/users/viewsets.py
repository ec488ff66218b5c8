"""Accounts in the back office. Nobody sets somebody else's password or deletes an
account, and only an administrator of the whole site touches one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.views import users

from accounts.domain.access import log_access
from accounts.models import User
from cms.users.forms import StaffCreationForm, StaffEditForm


class StaffIndexView(users.IndexView):
    """Those who work here; residents with an account are found by searching only."""

    page_title = _("利用者")
    add_item_label = _("職員を追加")

    @cached_property
    def columns(self) -> list[Any]:
        name = self._get_title_column_class(users.UserColumn)(
            "name",
            accessor=str,
            label=_("氏名"),
            sort_key="name",
            get_url=self.get_edit_url,
            classname="name",
        )
        return [
            name,
            Column("email", label=_("メールアドレス"), sort_key="email", width="25%"),
            Column("section", label=_("担当課"), accessor=_section_name, width="18%"),
            BooleanColumn("is_active", label=_("利用できる"), width="10%"),
            DateColumn(
                "last_login",
                label=_("最後のサインイン"),
                sort_key="last_login",
                width="15%",
            ),
        ]

    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset().select_related("staff_profile__department")
        if self.is_searching:
            return found
        staff = Q(staff_profile__isnull=False) | Q(is_superuser=True)
        return found.filter(staff | Q(groups__isnull=False)).distinct()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        log_access(
            subject="利用者一覧",
            people=len(context["object_list"]),
            by=self.request.user,
            at=timezone.now(),
        )
        return context

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in ("name", "-name"):
            return super().order_queryset(queryset)
        return queryset.order_by("staff_profile__department", "last_name_kana", "pk")


def _section_name(user: User) -> str:
    profile = getattr(user, "staff_profile", None)
    return profile.department.name if profile else ""


class StaffCreateView(users.CreateView):
    page_title = _("職員を追加")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class StaffEditView(users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class NoDeleteView(users.DeleteView):
    """What somebody did stays on record; the account is closed instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        raise PermissionDenied


class StaffUserViewSet(users.UserViewSet):
    menu_label = _("利用者")
    ordering = "last_name_kana"
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    delete_view_class = NoDeleteView
    template_prefix = "manage/users/"

    def get_form_class(self, for_update: bool = False) -> type:
        return StaffEditForm if for_update else StaffCreationForm
