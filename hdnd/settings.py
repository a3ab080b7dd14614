"""Settings: SQLite and files after checkout; PostgreSQL, Redis and SMTP by environment alone.

Every variable read here is described in README.md; a test keeps the two in step.
"""

from email.utils import parseaddr
from importlib.resources import files
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from hdnd import broker, env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Demo: shows the demo accounts on the sign-in page. Off as soon as real hosts are named.
DEMO = env.boolean("DEMO", not env.text("ALLOWED_HOSTS"))
DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.secret("SECRET_KEY", VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])
# Absolute links in mails are built from this, since a worker knows no request.
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{env.integer('PORT', 8000)}").rstrip("/")

INSTALLED_APPS = [
    "hdnd.lib",
    "hdnd.audit",
    "hdnd.outbox",
    "hdnd.jobs",
    "councils",
    "coordination",
    "documents",
    "meetings",
    "workbench",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "template_partials",
    "import_export",
    "csp",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "councils.middleware.ActingMiddleware",
]

ROOT_URLCONF = "hdnd.urls"
WSGI_APPLICATION = "hdnd.wsgi.application"

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
                "workbench.context_processors.frame",
            ],
        },
    }
]
FORM_RENDERER = "hdnd.lib.forms.FormRenderer"

DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR / "hdnd.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # A folder, not memory: web and worker must see the same rate limits and progress.
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
    }
}

globals().update(broker.celery_settings(REDIS_URL or None, VAR_DIR))
CELERY_BEAT_SCHEDULE = {
    "outbox-sweep": {"task": "hdnd.outbox.tasks.sweep", "schedule": 30.0},
    # Once would do; the others make up a beat, a worker or a broker that was down in the morning.
    "reminders": {"task": "meetings.tasks.send_reminders", "schedule": crontab(minute="30", hour="7-17")},
    # What a lost broker left of a changed calendar, and what a newer table of public holidays changes.
    "duties-recompute": {
        "task": "coordination.tasks.recompute_all",
        "schedule": crontab(minute="10", hour="5"),
    },
    "texts-sweep": {"task": "documents.tasks.read_what_is_left", "schedule": 300.0},
    "consultation-reminders": {
        "task": "documents.tasks.remind_of_consultations",
        "schedule": crontab(minute="40", hour="7-17"),
    },
    "imports-sweep": {"task": "councils.tasks.sweep_imports", "schedule": 300.0},
    "jobs-sweep": {"task": "hdnd.jobs.tasks.sweep_jobs", "schedule": 60.0},
    "series-sweep": {"task": "meetings.tasks.sweep_series", "schedule": 300.0},
}

# Whether a term that runs forward and ends on a day off ends on the next working day (Bộ luật Dân sự, Điều 148 khoản 5).
MOVE_DUE_DAYS = env.boolean("MOVE_DUE_DAYS", True)

globals().update(env.email("EMAIL_URL", VAR_DIR / "mail"))
# What the mail server allows: mails over one connection, and mails in any minute (0: as many as it takes).
EMAIL_PER_CONNECTION = max(env.integer("EMAIL_PER_CONNECTION", 50), 1)
EMAIL_PER_MINUTE = env.integer("EMAIL_PER_MINUTE", 0)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Điều phối HĐND <khong-tra-loi@hdnd.test>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
FORMAT_MODULE_PATH = ["hdnd.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fonts", str(files("fontpkg_be_vietnam_pro") / "files")),
]
MEDIA_ROOT = env.text("MEDIA_ROOT", str(VAR_DIR / "files"))
STORAGES = {
    "default": env.storage("STORAGE_URL"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Digital signatures. Keys are never kept here: a token stands in the server, a service holds its own.
SIGNING_TRUST_DIR = Path(env.text("SIGNING_TRUST_DIR", str(VAR_DIR / "trust")))
SIGNING_DEMO_DIR = VAR_DIR / "signing-demo"
SIGNING_TIME_SERVER = env.text("SIGNING_TIME_SERVER")
SIGNING_TOKEN_MODULE = env.text("SIGNING_TOKEN_MODULE")
SIGNING_SERVICE_URL = env.text("SIGNING_SERVICE_URL").rstrip("/")
SIGNING_SERVICE_TOKEN = env.text("SIGNING_SERVICE_TOKEN")

WHITENOISE_USE_FINDERS = DEBUG
# Every upload is scanned when a scanner is named. One that does not answer stops uploads, unless the office
# would rather take them unscanned: the health page then says so.
CLAMAV_ADDRESS = env.scanner("CLAMAV_URL")
CLAMAV_OPTIONAL = env.boolean("CLAMAV_OPTIONAL", False)

AUTH_USER_MODEL = "councils.User"
AUTHENTICATION_BACKENDS = [
    "councils.backends.RoleBackend",
    "councils.backends.SignInBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "councils.account_adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Điều phối HĐND: "
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Accounts and their addresses are made by administrators: there is no sign-up to guard against.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Điều phối HĐND"
# Passkeys need https except on a developer's own http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # the minutes preview shows our own PDF in a frame
SECURE_HTTPS = env.boolean("SECURE_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTPS else 0
if SECURE_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]  # asked from inside, past the proxy
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 12

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    # They log a traceback for every certificate of an unknown authority and every changed file: findings, not faults.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
}

# The address that stands as organizer in calendar entries, and the domain of their UIDs.
ORGANIZER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]
ICS_DOMAIN = ORGANIZER_EMAIL.rpartition("@")[2]
