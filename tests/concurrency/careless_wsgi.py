"""The site with a fault planted: an application is committed before it has a state and a
message, and some time passes in between."""

import time
from typing import Any

from django.db import connection

from cms.wsgi import application
from enrollments.domain import applying

__all__ = ["application"]
honest = applying.move


def committed_half_way(**words: Any) -> Any:
    connection.connection.commit()
    time.sleep(0.3)
    return honest(**words)


applying.move = committed_half_way  # type: ignore[assignment]
