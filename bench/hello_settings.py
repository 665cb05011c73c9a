"""Our settings and our middleware around a page that says hello: what the framework costs before we do anything."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.hello"
