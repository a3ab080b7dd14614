"""An office's own wording of its papers, in versions that are only added."""

from django.conf import settings
from django.db import models

from documents.models.issuer import Issuer
from hdnd.lib import clock


class PaperTemplate(models.Model):
    """One version of a kind's template at one issuer; the newest stands, the built-in one is version 0.

    `parts` holds the text of every part by its key (`documents.paper.parts`); restoring adds a copy as the newest.
    """

    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", related_name="templates"
    )
    kind = models.CharField("loại mẫu", max_length=30)
    version = models.PositiveIntegerField("bản")
    parts = models.JSONField("các phần", default=dict)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người sửa", null=True, related_name="+"
    )
    made_at = models.DateTimeField("lúc", default=clock.now)

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ("issuer", "kind", "-version")
        constraints = (
            models.UniqueConstraint(fields=["issuer", "kind", "version"], name="template_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind}, bản {self.version}"
