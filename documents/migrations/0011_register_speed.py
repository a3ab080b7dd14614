"""The register over a million papers: newest first, one type newest first; parts of words on PostgreSQL."""

from django.db import DatabaseError, migrations, models, transaction

WORDS = "document_words"


def index_words(apps, schema_editor):
    """An index for `search LIKE '%word%'`, as 0007 makes one for what files say: PostgreSQL only, not needed to work."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias), schema_editor.connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {WORDS} ON documents_document USING gin (search gin_trgm_ops)")
    except DatabaseError as error:
        print(f"  không tạo được chỉ mục pg_trgm, tìm trong sổ văn bản sẽ chậm hơn: {error}")


def unindex_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {WORDS}")


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0010_drafts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['-issued_on', '-issued_at', '-id'], include=('organization',), name='document_newest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['doc_type', '-issued_on', '-issued_at', '-id'], include=('organization',), name='document_kind_newest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['file'], name='document_file'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['organization', 'doc_type', '-issued_on', '-issued_at', '-id'], name='document_own_kind'),
        ),
        migrations.RunPython(index_words, unindex_words),
    ]
