"""Days off and worked days that the package's table does not know yet."""

from django.db import models


class CalendarException(models.Model):
    """One day an administrator declares worked or off; overrules the built-in table."""

    day = models.DateField("ngày", unique=True)
    is_working = models.BooleanField("là ngày làm việc", default=False)
    reason = models.CharField("lý do", max_length=200)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.reason}"
