from django.db import DatabaseError, migrations, models, transaction

import hdnd.lib.clock

INDEX = "file_text_trigrams"


def add_trigrams(apps, schema_editor):
    """An index for `documents.queries.contents.said_inside`: `search LIKE '%word%'` once for every word typed.

    PostgreSQL only. The extension comes with PostgreSQL and the owner of a database may create it; where that is
    forbidden the search works without, by reading every text.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias), schema_editor.connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {INDEX} ON documents_filetext USING gin (search gin_trgm_ops)"
            )
    except DatabaseError as error:
        print(f"  không tạo được chỉ mục pg_trgm, tìm trong nội dung sẽ chậm hơn: {error}")


def drop_trigrams(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_stamps'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=120, unique=True, verbose_name='tệp')),
                ('text', models.TextField(blank=True, verbose_name='nội dung')),
                ('search', models.TextField(blank=True, default='', editable=False)),
                ('gap', models.CharField(blank=True, choices=[('no_layer', 'bản quét, không có lớp chữ'), ('unreadable', 'không đọc được'), ('cut', 'dài, chỉ đọc phần đầu'), ('other_kind', 'loại tệp không có chữ'), ('missing', 'không còn tệp')], max_length=12, verbose_name='phần thiếu')),
                ('read_at', models.DateTimeField(default=hdnd.lib.clock.now, verbose_name='đọc lúc')),
            ],
            options={
                'verbose_name': 'nội dung tệp',
                'verbose_name_plural': 'nội dung tệp',
            },
        ),
        migrations.RunPython(add_trigrams, drop_trigrams),
    ]
