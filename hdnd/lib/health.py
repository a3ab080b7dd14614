"""Whether this installation works: the database, what web and worker share, and the worker itself."""

from datetime import timedelta

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hdnd.lib import clock, scanning

_PULSE = "pulse"
PULSE_LIMIT = timedelta(minutes=5)
"""Beat asks for a sweep every 30 seconds; a worker silent for this long is busy beyond its means, or gone."""


def pulse() -> None:
    """Called by the worker in every sweep: beat, broker and worker have done their part."""
    cache.set(_PULSE, clock.now(), timeout=None)


def worker_is_silent() -> bool:
    """Whether no sweep has run for too long."""
    last = cache.get(_PULSE)
    return last is None or clock.now() - last > PULSE_LIMIT


def troubles() -> list[str]:
    """What a web process can't reach; empty when all is well."""
    found = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        found.append("cơ sở dữ liệu")
    try:
        cache.set("health", "ok", timeout=60)
    except Exception:  # whatever a cache raises that can't be reached: redis-py's errors, OSError
        found.append("bộ nhớ đệm và hàng đợi")
    return found


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For proxies and containers: 200 `ok` and what is not as it should be, or 503 and what is missing."""
    missing, warned = troubles(), scanning.trouble()
    text = f"không kết nối được: {', '.join(missing)}" if missing else "ok"
    text = f"{text}; {warned}" if warned else text
    return HttpResponse(text, status=503 if missing else 200, content_type="text/plain; charset=utf-8")
