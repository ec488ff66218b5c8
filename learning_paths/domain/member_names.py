"""The name under which a member is known to the others, who must not learn the address."""

from django.utils.translation import gettext_lazy as _

from learning_paths.models import Membership

NAMELESS = _("お名前未登録の方")


def name_of_member(member: Membership) -> str:
    """Of the account, else as staff or the group wrote it down."""
    own = member.user.get_full_name() if member.user is not None else ""
    return own or str(NAMELESS)
