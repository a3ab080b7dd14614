"""Project package: settings, URLs, the Celery app and the two ground-floor apps."""

from hdnd.celery import app as celery_app

__all__ = ["celery_app"]
