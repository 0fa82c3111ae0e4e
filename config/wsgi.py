"""The web server's entry: granian calls `application`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

import_module(settings.ROOT_URLCONF)  # every page with what it needs: not by the first request of each process
gc.collect()
gc.freeze()  # what is loaded stays for good: going through it again took every so many requests a tenth of a second
gc.set_threshold(10_000, 10, 10)  # a page leaves some thousand objects that are still in use, and little garbage
