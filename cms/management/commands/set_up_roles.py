"""`manage.py set_up_roles`: the two roles of the back office with their rights."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.permissions import set_up_roles


class Command(BaseCommand):
    help = "「担当者」と「管理者」の役割をつくり、権限を最新にします。"

    def handle(self, *args: Any, **options: Any) -> None:
        for group in set_up_roles():
            self.stdout.write(f"{group.name}: {group.permissions.count()}")
