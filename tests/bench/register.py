"""A register of 1,000,000 papers: a tenth of the secretary's own body, a twentieth of the others' sent to it."""

from datetime import date

from django.db import connection, transaction

from councils.models import Organization
from documents.models import Document, Issuer
from hdnd.lib import clock

DOCUMENTS, BODIES, YEARS = 1_000_000, 200, 10
TYPES = ("NQ", "TB", "BC", "GM", "CV")
# Each series of the others gets every paper of a remainder, the own body every tenth; in the order of their days, as
# the years would have brought them.
PAPERS = """
WITH run AS (
    SELECT series.id, series.doc_type, series.year, series.issuer_id, issuer.organization_id, organization_id = %(host)s AS own,
        row_number() OVER (PARTITION BY organization_id = %(host)s ORDER BY series.id) - 1 AS at
    FROM documents_series series JOIN documents_issuer issuer ON issuer.id = series.issuer_id
    WHERE organization_id = ANY(%(bodies)s)
), paper AS (
    SELECT g, g %% 10 = 0 AS own, CASE WHEN g %% 10 = 0 THEN g / 10 %% %(own_runs)s ELSE g %% %(runs)s END AS at,
        CASE WHEN g %% 10 = 0 THEN g / 10 / %(own_runs)s ELSE g / %(runs)s END + 1 AS number
    FROM generate_series(0, %(count)s - 1) g
)
INSERT INTO documents_document (
    search, doc_type, year, number, symbol, issued_on, issued_at, subject, signer_name, signer_title, recipients, state,
    file, sha256, page_count, note, issuer_id, organization_id, series_id
)
SELECT number || '/' || lower(doc_type) || '-so noi dung so ' || g || ' nguyen van a', doc_type, year, number,
    number || '/' || doc_type || '-SO', day, day, 'Nội dung số ' || g, 'Nguyễn Văn A', 'Chủ tịch',
    '["Như trên", "Lưu: VT"]', 'issued', 'x.pdf', repeat('0', 64), 1, '', issuer_id, organization_id, id
FROM paper JOIN run USING (own, at), LATERAL (SELECT make_date(year, 1, 1) + (g * 7 %% %(days)s)::int) made(day)
ORDER BY day
"""
SENT = """
INSERT INTO documents_document_addressees (document_id, organization_id)
SELECT id, CASE WHEN id %% 20 = 0 AND organization_id <> %(host)s THEN %(host)s ELSE (%(bodies)s)[1 + id %% %(others)s] END
FROM documents_document
"""


def fill() -> None:
    """Issuers, series, papers and whom they were sent to, by a statement each; the index of words is built at the end."""
    others = list(Organization.objects.filter(kind="department").order_by("pk")[:BODIES])
    Issuer.objects.bulk_create(
        Issuer(organization=body, name_lines=body.name, place="Đo Lường", symbol_body="SO") for body in others
    )
    host = Organization.objects.get(code="B-TT")
    today = clock.today()
    runs = len(TYPES) * YEARS
    values = {
        "host": host.pk, "bodies": [*(body.pk for body in others), host.pk], "others": BODIES, "own_runs": runs,
        "runs": runs * BODIES, "count": DOCUMENTS, "days": (today - date(today.year, 1, 1)).days + 1,
        "types": list(TYPES), "first": today.year - YEARS + 1, "last": today.year,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # the keys are right: checking took half the time
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'document_words'")
        words = cursor.fetchone()
        cursor.execute("DROP INDEX IF EXISTS document_words")
        cursor.execute(
            "INSERT INTO documents_series (issuer_id, doc_type, is_legal, year, last_number) "
            "SELECT issuer.id, type, false, year, 100000 FROM documents_issuer issuer, unnest(%(types)s::text[]) type, "
            "generate_series(%(first)s, %(last)s) year WHERE organization_id = ANY(%(bodies)s)",
            values,
        )
        cursor.execute(PAPERS, values)
        cursor.execute(SENT, values)
        if words:
            cursor.execute(words[0])
    assert Document.objects.count() >= DOCUMENTS
