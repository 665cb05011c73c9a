"""Django with nothing in it."""

SECRET_KEY = "bench"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.hello"
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
