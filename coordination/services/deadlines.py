"""The terms set by law, as the project brings them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from coordination.models import Deadline
from councils.services import save_record

FILE = Path(__file__).parents[1] / "data" / "deadlines.json"


def told_deadlines() -> list[dict[str, Any]]:
    """The rows of the project's own table, with days as dates."""
    rows: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    for row in rows:
        for name in ("valid_from", "valid_to"):
            row[name] = date.fromisoformat(row[name]) if row[name] else None
    return rows


@transaction.atomic
def load_deadlines() -> int:
    """Adds the terms whose code is not stored yet; returns how many rows.

    A code that an office has, in whatever form, is its own by now and stays as it is.
    """
    known = set(Deadline.objects.values_list("code", flat=True))
    fresh = [Deadline(**row) for row in told_deadlines() if row["code"] not in known]
    for row in fresh:
        save_record(actor=None, record_=row)
    return len(fresh)
