"""Days off and worked days that the package's table does not know yet."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from coordination.law.working_days import MOST_REST, Exceptions, rest_around


class CalendarQuerySet(models.QuerySet[Any]):
    """The office's own days."""

    def by_day(self) -> Exceptions:
        """Each day with whether it is worked, and why; one query."""
        return {row.day: (row.is_working, row.reason) for row in self}


class CalendarException(models.Model):
    """One day an administrator declares worked or off; overrules the built-in table."""

    day = models.DateField("ngày", unique=True)
    is_working = models.BooleanField("là ngày làm việc", default=False)
    reason = models.CharField("lý do", max_length=200)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    objects: ClassVar[CalendarQuerySet] = CalendarQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.reason}"

    def clean(self) -> None:
        super().clean()
        if self.day is None or self.is_working:
            return
        others = CalendarException.objects.exclude(pk=self.pk).by_day()
        rest = rest_around(self.day, {**others, self.day: (False, self.reason)})
        if rest > MOST_REST:
            raise ValidationError(
                {
                    "day": f"Với ngày này, {rest} ngày liền không có ngày làm việc nào nên không tính được hạn. "
                    f"Nghỉ liền nhau không quá {MOST_REST} ngày; kiểm tra lại các ngày đã nhập."
                }
            )
