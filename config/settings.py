"""Settings from the environment; with none given, everything runs on SQLite in ./data (DESIGN §5, §9)."""

import os
import sys
import tempfile
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.conf import locale as django_locale

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env("TSUNAGARI_DATA", default=str(BASE_DIR / "data")))
KEY_DIR = Path(env("KEY_DIR", default=str(DATA_DIR / "keys")))
ANCHOR_DIR = Path(env("ANCHOR_DIR", default=str(DATA_DIR / "anchors")))
TESTING = "pytest" in sys.modules

ZONES = frozenset(z.strip() for z in env("TSUNAGARI_ZONES", default="public,member,council").split(",") if z.strip())

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Networks of our own proxy, such as 172.16.0.0/12 in compose: only from there X-Forwarded-For is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"])
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")


def _secret_key() -> str:
    """The key from the environment, else one made on first start and kept beside the other keys."""
    if given := env("SECRET_KEY", default=""):
        return str(given)
    from tsunagari.kernel.keyfiles import text_key

    return text_key(KEY_DIR / "secret_key")


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "tsunagari.kernel",
    "tsunagari.ui",
    "tsunagari.accounts",
    "tsunagari.directory",
    "tsunagari.network",
    "tsunagari.referrals",
    "tsunagari.home",
]

MIDDLEWARE = [
    "tsunagari.kernel.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tsunagari.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tsunagari.kernel.pages.ActorMiddleware",
    "tsunagari.ui.display.DisplayMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# Wiring: the kernel knows no app, so it is told here who builds an Actor from a request.
ACTOR_BUILDER = "tsunagari.network.actors.actor_of"
STANDING = "tsunagari.network.standing"
FURIGANA = "tsunagari.directory.readings.add"
# What the web process loads once for all its workers.
BEFORE_FORK = "tsunagari.directory.finder.warm"

PAGE_CONTEXT = "tsunagari.ui.engine.page_context"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            BASE_DIR / "tsunagari" / app / "templates"
            for app in ("ui", "kernel", "accounts", "directory", "network", "referrals", "home")
        ],
        "OPTIONS": {
            "environment": "tsunagari.ui.engine.environment",
            "context_processors": [PAGE_CONTEXT],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'tsunagari.sqlite3'}")}
_db = DATABASES["default"]
if "sqlite" in _db["ENGINE"]:
    # Measured: with the defaults 681 of 800 concurrent transactions were lost (DESIGN §5).
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
        " PRAGMA cache_size=-2000; PRAGMA mmap_size=134217728;",
    }
    _db["CONN_MAX_AGE"] = None
    if TESTING:
        # A file, since tests with several writers need SQLite's real locks; each process has its own.
        _db["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"tsunagari-test-{os.getpid()}.sqlite3")}
        _db["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    # server_side_binding keeps literals out of PostgreSQL's own logs (DESIGN §3).
    _db["OPTIONS"] = {"server_side_binding": True}
    if TESTING:
        _db["CONN_MAX_AGE"] = 0
    else:
        _db["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if cache_url := env("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url("CACHE_URL")}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CACHE_SERVER = cache_url
# Where the socket process listens when there is no Redis between us; empty: pages poll.
HUB_URL = env("HUB_URL", default="")

SESSION_ENGINE = "tsunagari.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tsunagari.kernel.pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if PUBLIC_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/net/"
# Where work begins; a host that serves the public only has no such page, and shows no way to it.
WORK_URL = LOGIN_REDIRECT_URL if ZONES & {"member", "council"} else ""
ACCOUNT_ADAPTER = "tsunagari.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "tsunagari.accounts.adapters.MfaAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")
MFA_TOTP_ISSUER = "Tsunagari"
MFA_TOTP_TOLERANCE = 1  # who types slowly, or whose phone runs half a minute off, comes in too
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_DISABLE_ACCESS_LOG = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

if email_url := env("EMAIL_URL", default=""):
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="つながり事務局 <tsunagari@localhost>")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "slow"]}}

LINE_CHANNEL_SECRET = env("LINE_CHANNEL_SECRET", default="")
LINE_CHANNEL_TOKEN = env("LINE_CHANNEL_TOKEN", default="")
LINE_API_BASE = env("LINE_API_BASE", default="https://api.line.me")

LANGUAGE_CODE = "ja"
LANGUAGES = [
    ("ja", "日本語"),
    ("ja-easy", "やさしい日本語"),
    ("en", "English"),
    ("zh", "中文"),
    ("vi", "Tiếng Việt"),
    ("ko", "한국어"),
    ("pt", "Português"),
]
# Two codes Django does not know: plain language, and Chinese without a region in the address.
django_locale.LANG_INFO.update(
    {
        "ja-easy": {"bidi": False, "code": "ja-easy", "name": "Easy Japanese", "name_local": "やさしい日本語"},
        "zh": {"bidi": False, "code": "zh", "name": "Chinese", "name_local": "中文"},
    }
)
LOCALE_PATHS = [BASE_DIR / "tsunagari" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "static-collected")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# The town this installation serves: a city changes these five lines, not the code.
TOWN = {
    "name": env("TOWN_NAME", default="つながり市（架空）"),
    "municipality_code": env("TOWN_CODE", default="28201"),
    "prefecture": env("TOWN_PREFECTURE", default="兵庫県"),
    "center": (env.float("TOWN_LAT", default=34.8266), env.float("TOWN_LON", default=134.6906)),
    "desk_phone": env("TOWN_DESK_PHONE", default="079-000-0000"),
    "desk_hours": (env("TOWN_DESK_OPENS", default="09:00"), env("TOWN_DESK_CLOSES", default="17:00")),
}
# Where the exit button leads: a page of every day that says nothing about the one left.
EXIT_URL = env("EXIT_URL", default="https://www.jma.go.jp/bosai/forecast/")
ENTRY_FADES_AFTER_DAYS = env.int("ENTRY_FADES_AFTER_DAYS", default=90)
ENTRY_LEAVES_AFTER_DAYS = env.int("ENTRY_LEAVES_AFTER_DAYS", default=180)
# Working days each step of a referral may take before its holder is reminded.
PROMISE_DAYS = {
    "drafted": env.int("DAYS_DRAFTED", default=3),
    "asked": env.int("DAYS_ASKED", default=2),
    "sent": env.int("DAYS_SENT", default=2),
    "accepted": env.int("DAYS_ACCEPTED", default=5),
    "met": env.int("DAYS_MET", default=5),
    "next": env.int("DAYS_NEXT", default=2),
    "wipe": env.int("DAYS_WIPE", default=5),
}
# Mail that says only that something is new: how often when nobody chose, when it is collected, and when none goes out.
NOTICES = {
    "rhythm": env("NOTICES_RHYTHM", default="at_once"),
    "hours": ("09:00", "16:00"),
    "quiet": (env("NOTICES_QUIET_FROM", default="20:00"), env("NOTICES_QUIET_UNTIL", default="08:00")),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "tsunagari.kernel.logs.NoPersonalData"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["quiet"]}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
