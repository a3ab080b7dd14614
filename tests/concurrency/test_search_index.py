"""The index that finds papers by their words, which only PostgreSQL has."""

import pytest
from django.db import connection

from documents.models import FileText

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]


def test_the_search_uses_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        plan = FileText.objects.containing(["song", "lam"]).values("file").explain()
        cursor.execute("RESET enable_seqscan")
    assert "file_text_trigrams" in plan
