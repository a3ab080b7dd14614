"""The project's own settings, with every trace of a test in a directory of its own.

`DATABASE_URL` and `REDIS_URL` choose the servers as they do in production.
"""

import os
import tempfile
from pathlib import Path

# Before the settings are read: they make directories, and a test must never reach var/.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
_SCRATCH = tempfile.TemporaryDirectory(prefix=f"hdnd-{_WORKER}-", ignore_cleanup_errors=True)
os.environ["VAR_DIR"] = _SCRATCH.name
os.environ.pop("EMAIL_URL", None)
if "REDIS_URL" in os.environ:
    # One Redis database per test process: a worker must not take another's messages.
    _server, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_server}/{int(_WORKER.removeprefix('gw'))}"

from hdnd.settings import *  # noqa: E402, F403
from hdnd.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Found by the finders, so that no test needs collectstatic first.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = VAR_DIR / "static"
Path(STATIC_ROOT).mkdir()
# A connection kept open would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# pytest keeps the log; a handler of ours would write to a stream that pytest has closed by then.
LOGGING_CONFIG = None
