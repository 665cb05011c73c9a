"""The door for pages: plain WSGI, measured twelve times cheaper than Django under ASGI (DESIGN §5)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
