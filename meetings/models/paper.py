"""Papers put to agenda items, in versions, and who has read them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from hdnd.lib import clock, filetypes
from meetings.models.invitation import Invitation
from meetings.models.meeting import AgendaItem


class AgendaPaperQuerySet(models.QuerySet[Any]):
    """Papers in domain words."""

    def current(self) -> Self:
        """The version that holds of each paper."""
        return self.filter(superseded_by=None)


class AgendaPaper(models.Model):
    """One version of a paper put to an agenda item. A new version names the old, which is kept."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name="nội dung", related_name="papers")
    title = models.CharField("tên tài liệu", max_length=300)
    file = models.CharField(max_length=120)
    file_name = models.CharField("tên tệp", max_length=200)
    size = models.PositiveIntegerField("dung lượng (byte)")
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tải lên", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField("bản", default=1)
    note = models.CharField("thay đổi so với bản trước", max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self", models.RESTRICT, verbose_name="thay bản", null=True, blank=True, related_name="superseded_by"
    )

    objects: ClassVar[AgendaPaperQuerySet] = AgendaPaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.title}, bản {self.number}" if self.number > 1 else self.title

    @property
    def kind(self) -> filetypes.FileType:
        """PDF, Word and so on."""
        return filetypes.of_stored(self.file)


class PaperRead(models.Model):
    """A receipt: an account, or an invited body by its link, opened a version of a paper."""

    paper = models.ForeignKey(AgendaPaper, models.CASCADE, verbose_name="tài liệu", related_name="reads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người đọc", null=True, blank=True,
        related_name="papers_read",
    )  # fmt: skip
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, verbose_name="giấy mời", null=True, blank=True, related_name="papers_read"
    )
    first_at = models.DateTimeField("đọc lần đầu", default=clock.now)
    last_at = models.DateTimeField("đọc lần cuối", default=clock.now)

    class Meta:
        verbose_name = "lượt đọc tài liệu"
        verbose_name_plural = "lượt đọc tài liệu"
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, invitation__isnull=True)
                | Q(user__isnull=True, invitation__isnull=False),
                name="paper_read_user_or_link",
            ),
            models.UniqueConstraint(fields=["paper", "user"], name="paper_read_user_once"),
            models.UniqueConstraint(fields=["paper", "invitation"], name="paper_read_link_once"),
        )

    def __str__(self) -> str:
        return f"{self.user or self.invitation}: {self.paper}"
