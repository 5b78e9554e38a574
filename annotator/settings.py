"""Settings, read from the environment alone. Importing this module changes nothing in the world.

The data folder, its key file and the embedded server are made by `manage.py` and `script/server`
(for pytest by `tests/conftest.py`), which put what they made into the environment read here.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from annotator import account_environment
from annotator.allauth_settings import allauth
from annotator.database_urls import app_and_owner, pooled
from annotator.public_address import public_address

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("SOURCELINE_DATA", BASE_DIR / "var"))

DEBUG = os.environ.get("SOURCELINE_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SOURCELINE_SECRET_KEY", "")
# Where people find this server; its names, the origin of its forms and TLS follow from it.
PUBLIC_ADDRESS = public_address(os.environ.get("SOURCELINE_ADDRESS", ""))
_hosts = PUBLIC_ADDRESS.host if PUBLIC_ADDRESS else "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = account_environment.hosts(os.environ, _hosts)
_origins = PUBLIC_ADDRESS.origin if PUBLIC_ADDRESS else ""
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SOURCELINE_ORIGINS", _origins).split(",") if o]
WEB_PROCESSES = int(os.environ.get("SOURCELINE_PROCESSES", "2"))


_app, OWNER_DATABASE, APP_DATABASE_ROLE = app_and_owner(os.environ)
_pool_size = int(os.environ.get("SOURCELINE_POOL", "0"))  # connections a process; 0 is no pool
DATABASES = {"default": pooled(_app, _pool_size) if _pool_size else _app}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_IMPORT_PATHS = [
    "annotator.jobs.hearing",
    "annotator.jobs.imports",
    "annotator.jobs.intakes",
    "annotator.jobs.invitations",
    "annotator.jobs.projects",
    "annotator.jobs.releases",
    "annotator.jobs.segmentations",
    "annotator.jobs.stalled",
    "annotator.jobs.sweeping",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "sources",
    "annotator",
]

MIDDLEWARE = [
    "annotator.request_ids.RequestIds",
    "annotator.asked_port.AskedPort",
    "annotator.database_trouble.InTrouble",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "annotator.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "annotator.trailing_slash.TrailingSlash",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Only after it does the token's check read the body, in process_view.
    "annotator.request_limits.RequestLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "annotator.unkept_answers.UnkeptAnswers",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "annotator.sent_only.SentOnly",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        # htmx's parser is the only sink that the policy named "default" lets pass; see static/js.
        "trusted-types": ["default"],
    }
}
_behind_tls = os.environ.get("SOURCELINE_TLS", "1" if PUBLIC_ADDRESS and PUBLIC_ADDRESS.tls else "") == "1"
SESSION_ENGINE = "annotator.session_store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _behind_tls
SESSION_COOKIE_NAME = "__Host-sourceline" if _behind_tls else "sourceline"
CSRF_COOKIE_NAME = "__Host-csrf" if _behind_tls else "csrf"
MESSAGE_STORAGE = "annotator.message_cookie.Messages"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # scripts have the form's token from the page
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30  # seconds
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _behind_tls else 0
# Whether a domain's other hosts are to be bound as well is for its owner to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_tls else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A page's or mail address at which sites that are asked for articles find whoever runs this server.
CONTACT = os.environ.get("SOURCELINE_CONTACT", "")

# What a request may bring; annotator/request_limits.py holds to it, docs/security.md tells of it.
LARGEST_REQUEST = 2 * 1024 * 1024  # bytes
LARGEST_INTAKE = 201 * 1024 * 1024  # bytes of articles sent at once; an archive of 200 MB, and its form
LARGEST_IMPORT = 24 * 1024 * 1024  # bytes of annotations sent at once
LARGEST_DATASET = 64 * 1024 * 1024  # bytes of a release's ZIP that is sent to be checked
# Bytes that stay free where the data folder lies; with less nothing is taken in (507).
LEAST_FREE = int(os.environ.get("SOURCELINE_LEAST_FREE_MB", "1024")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # a pasted text; the limits above come first
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_PERMISSIONS = 0o600

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotator.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS would tell of each view, also to a stranger
    "EXCEPTION_HANDLER": "annotator.api.problems.handler",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "annotator.api.description.Description",
    "DEFAULT_THROTTLE_CLASSES": ["annotator.api.throttles.OfToken", "annotator.api.throttles.OfNobody"],
    # Of what a request says of where it comes from only the last words are the proxies' own.
    "NUM_PROXIES": account_environment.trusted_proxies(os.environ),
}
# Requests a minute; annotator/api/throttles.py counts them.
API_RATES = {"token": 1200, "nobody": 240}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sourceline",
    "DESCRIPTION": "What programs can do, as the pages do it. Every claim keeps its source line.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/"}],
    # Choices stay where they are told: fields of one name allow other words elsewhere.
    "POSTPROCESSING_HOOKS": [],
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

ROOT_URLCONF = "annotator.urls"
WSGI_APPLICATION = "annotator.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "sources.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validators}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_validators}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validators}.CommonPasswordValidator"},
    {"NAME": f"{_validators}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # seconds
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
SESAME_MAX_AGE = 60 * 60 * 24  # seconds
SESAME_ONE_TIME = True

# Accounts: docs/accounts.md. Who may sign up and what is asked of them: annotator/allauth_settings.py.
SIGN_UP = os.environ.get("SOURCELINE_SIGN_UP", "") == "1"
globals().update(_mail := account_environment.mail(os.environ))
SENDS_MAIL: bool = _mail["SENDS_MAIL"]
globals().update(allauth(os.environ, sends_mail=SENDS_MAIL, behind_tls=_behind_tls))
# Rates are counted by all processes together.
CACHES = {
    "default": {
        "BACKEND": "annotator.json_cache.JSONCache",
        "LOCATION": "sourceline_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # what has expired goes first
    },
    # Of programs apart: whoever fills it throws no count of sign-ins out.
    "api": {
        "BACKEND": "annotator.json_cache.JSONCache",
        "LOCATION": "sourceline_api_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "annotator.static_files.HashedFiles"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "annotator.log_lines.OneLineForRefusals",
            "format": "%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}
