"""The WSGI entry point; production serves this with gunicorn."""

import gc
import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
# After Django is set up: it needs the settings and the database.
from cms.page_cache.calendar_front import CalendarFront  # noqa: E402

application = CalendarFront(application)

# Views too, which would else be loaded with the first request: what is there before
# gunicorn forks (--preload), its workers share.
import_module(settings.ROOT_URLCONF)

from cms.one_catalogue import put_together  # noqa: E402
from cms.warming import warm  # noqa: E402

put_together()
warm()

# What is loaded by now stays for ever: looking through it again and again for garbage
# took a third of the time of a page with a form.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

# Who holds a run's lock has to get on after each answer of the database, and not wait
# until another thread has written its page.
sys.setswitchinterval(0.0005)
