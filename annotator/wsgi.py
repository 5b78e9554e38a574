"""The web application, for gunicorn. `manage.py serve` has prepared the environment by then."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
os.environ.setdefault("SOURCELINE_POOL", "5")  # four threads a process and one to spare

application = get_wsgi_application()
