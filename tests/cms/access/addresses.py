"""Every address that the site's own code answers, found from the addresses themselves."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

APPS = ("accounts", "courses", "enrollments", "learning_paths", "cms")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
Found = tuple[str, str, tuple[str, ...]]


def our_addresses() -> dict[str, tuple[str, ...]]:
    """By name, the parameters; with a namespace all of it, also what Wagtail makes."""
    every = [(name, app, names) for name, app, names in _walk(get_resolver(), "", "")]
    spaces = {name.partition(":")[0] for name, app, _n in every if app in APPS}
    return {
        name: names
        for name, app, names in every
        if app in APPS or (":" in name and name.partition(":")[0] in spaces)
    }


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[Found]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            names = tuple(one or other for one, other in PARAMETER.findall(whole))
            name = f"{space}{pattern.name}" if pattern.name else f"/{whole}"
            yield name, _app(pattern.callback), names
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, whole, inner)


def _app(view: Callable[..., Any]) -> str:
    plain: Any = inspect.unwrap(view)
    return str(getattr(plain, "view_class", plain).__module__).partition(".")[0]
