"""`manage.py set_up_site`: the pages and roles that a city's own site begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.permissions import set_up_roles
from cms.site_setup import set_up_site


class Command(BaseCommand):
    help = "はじめのページと職員の役割をつくります。あるものは変えません。"

    def handle(self, *args: Any, **options: Any) -> None:
        for page in set_up_site():
            state = "公開" if page.live else "下書き（書いてから公開してください）"
            self.stdout.write(
                f"{page.url_path.removeprefix('/home')}  {page.title}  {state}"
            )
        set_up_roles()
