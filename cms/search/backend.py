"""Wagtail's search in the database, made to understand Japanese.

The same for the site and the back office, and on both databases. What differs from
the library is what is written (`fields`, `analysis`) and what is asked (`asking`).
"""

from django.db import connection

# The library's own modules can be imported only on the database they are for.
if connection.vendor == "postgresql":
    from cms.search.postgresql import SearchBackend
else:
    from cms.search.sqlite import SearchBackend  # type: ignore[assignment]

__all__ = ["SearchBackend"]
