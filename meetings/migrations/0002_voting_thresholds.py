"""The shares the law asks for, as dated rows: what a quorum, a resolution and a removal need."""

from datetime import date

from django.db import migrations

OLD = ("Luật Tổ chức chính quyền địa phương 77/2015/QH13", date(2016, 1, 1), date(2025, 2, 28))
# In force for three and a half months; its article was not at hand and is left to be checked.
BETWEEN = ("Luật Tổ chức chính quyền địa phương 65/2025/QH15", date(2025, 3, 1), date(2025, 6, 15))
NEW = ("Luật Tổ chức chính quyền địa phương 72/2025/QH15", date(2025, 6, 16), None)
# use, numerator, denominator, strict, article of 2015, article of 2025
ROWS = (
    ("quorum", 2, 3, False, "Điều 83", "Điều 35"),
    ("majority", 1, 2, True, "Điều 91 khoản 3", "Điều 35"),
    ("two_thirds", 2, 3, False, "Điều 91 khoản 3", "Điều 35"),
)


def add(apps, schema_editor):
    threshold = apps.get_model("meetings", "VotingThreshold")
    for use, numerator, denominator, strict, old_article, new_article in ROWS:
        for (law, first, last), article in (
            (OLD, old_article),
            (BETWEEN, "điều cần kiểm chứng"),
            (NEW, new_article),
        ):
            threshold.objects.get_or_create(
                use=use,
                valid_from=first,
                defaults={
                    "valid_to": last,
                    "numerator": numerator,
                    "denominator": denominator,
                    "is_strict": strict,
                    "article": f"{law}, {article}",
                },
            )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
