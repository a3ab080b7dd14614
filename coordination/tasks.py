"""Celery's entry to coordination: ids in, one service call."""

from datetime import date

from celery import shared_task

from coordination.services import recompute
from councils.models import User


@shared_task(name="coordination.tasks.recompute_touched")
def recompute_touched(actor_id: int, why: str, *touched: int | str) -> None:
    """Recomputes what changed days (ISO text) or clauses (keys) touch."""
    recompute(
        actor=User.objects.filter(pk=actor_id).first(),
        days=[date.fromisoformat(value) for value in touched if isinstance(value, str)],
        clauses=[value for value in touched if isinstance(value, int)],
        why=why,
    )


@shared_task(name="coordination.tasks.recompute_all")
def recompute_all() -> None:
    """Once a night: what a lost broker left, and what a newer table of public holidays changes."""
    recompute(actor=None, why="bảng ngày nghỉ thay đổi")
