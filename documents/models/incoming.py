"""The incoming book: papers that arrived, numbered by year in the order in which they are entered."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from councils.models import Organization, Person
from councils.models.dated import DatedQuerySet, Searchable
from documents.choices import IncomingState, UrgencyMark, incoming_types
from documents.law import incoming as law
from documents.law.numbering import padded
from documents.models.document import Document
from hdnd.lib.dates import short_date


class IncomingBook(models.Model):
    """One office's book of one year. Numbers run from 01 on 1 January (NĐ 30/2020, Điều 22), never renumbered."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan giữ sổ", related_name="incoming_books"
    )
    year = models.PositiveSmallIntegerField("năm")
    last_number = models.PositiveIntegerField(
        "số đến gần nhất",
        default=0,
        help_text="Số đã dùng tới trước khi dùng hệ thống; văn bản tiếp theo lấy số kế tiếp.",
    )

    class Meta:
        verbose_name = "sổ văn bản đến"
        verbose_name_plural = "sổ văn bản đến"
        ordering = ("-year", "organization")
        constraints = (models.UniqueConstraint(fields=["organization", "year"], name="incoming_book_once"),)

    def __str__(self) -> str:
        return f"Sổ văn bản đến {self.year}, {self.organization}"


class IncomingQuerySet(DatedQuerySet):
    """Papers that arrived, in domain words."""

    def standing(self) -> Self:
        """Those not entered by mistake."""
        return self.filter(voided_because="")

    def in_state(self, state: str, today: date) -> Self:
        """Those whose `state_on(today)` is the state."""
        open_ones = Q(voided_because="", done_on=None)
        late = Q(due_on__lt=today)
        conditions = {
            IncomingState.VOIDED: ~Q(voided_because=""),
            IncomingState.DONE: Q(voided_because="") & ~Q(done_on=None),
            IncomingState.OVERDUE: open_ones & late,
            IncomingState.HANDLING: open_ones & ~late & ~Q(handed_on=None),
            IncomingState.WAITING: open_ones & ~late & Q(handed_on=None),
        }
        return self.filter(conditions[IncomingState(state)])


class IncomingDocument(Searchable):
    """A line of the incoming book: the paper as it came, who handles it until when, and what came of it."""

    book = models.ForeignKey(IncomingBook, models.PROTECT, verbose_name="sổ", related_name="lines")
    number = models.PositiveIntegerField("số đến")
    arrived_on = models.DateField("ngày đến")
    author = models.CharField("tác giả", max_length=200)
    author_body = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan trong danh mục", null=True, blank=True, related_name="+"
    )  # fmt: skip
    symbol = models.CharField("số, ký hiệu", max_length=80, blank=True)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    doc_type = models.CharField("loại văn bản", max_length=5, choices=incoming_types, blank=True)
    subject = models.CharField("trích yếu", max_length=1000)
    urgency = models.CharField("độ khẩn", max_length=12, choices=UrgencyMark.choices, blank=True)
    unit = models.CharField("đơn vị hoặc người nhận", max_length=200, blank=True)
    handler = models.ForeignKey(
        Person, models.PROTECT, verbose_name="người xử lý", null=True, blank=True, related_name="incoming_handled"
    )  # fmt: skip
    handed_on = models.DateField("ngày chuyển", null=True, blank=True)
    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    done_on = models.DateField("ngày xử lý xong", null=True, blank=True)
    result = models.CharField("kết quả xử lý", max_length=500, blank=True)
    answer = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản trả lời", null=True, blank=True, related_name="answers"
    )  # fmt: skip
    # The paper itself, where its author issued it in this system.
    source = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản trong hệ thống", null=True, blank=True, related_name="arrivals"
    )  # fmt: skip
    file = models.CharField(max_length=120, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    # Entered by mistake: the line keeps its number, with the reason.
    voided_because = models.CharField("lý do hủy", max_length=500, blank=True)

    search_fields = ("symbol", "subject", "author", "unit")
    objects: ClassVar[IncomingQuerySet] = IncomingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "văn bản đến"
        verbose_name_plural = "văn bản đến"
        ordering = ("-arrived_on", "-number")
        constraints = (
            models.UniqueConstraint(fields=["book", "number"], name="incoming_number_once"),
            models.UniqueConstraint(
                fields=["book", "source"], condition=Q(voided_because=""), name="incoming_source_once"
            ),
            models.CheckConstraint(condition=Q(answer=None) | ~Q(done_on=None), name="incoming_answer_is_done"),
        )  # fmt: skip
        indexes = (
            # the book newest first, a page of it
            models.Index(fields=["book", "-arrived_on", "-number"], name="incoming_newest"),
            # what is still open, by its day
            models.Index(fields=["due_on"], condition=Q(done_on=None), name="incoming_open_due"),
        )

    def __str__(self) -> str:
        return f"Văn bản đến số {self.number_text}: {self.paper_line}"

    @property
    def number_text(self) -> str:
        """`05`: below 10 with a leading zero, as all numbers of the books."""
        return padded(self.number)

    @property
    def paper_line(self) -> str:
        """`Công văn 12/UBND-VP ngày 10/06/2026 của UBND tỉnh`."""
        dated = f" ngày {short_date(self.dated_on)}" if self.dated_on else ""
        kind = self.get_doc_type_display() or "Văn bản"
        return f"{kind} {self.symbol or 'không số'}{dated} của {self.author}"

    @property
    def receiver(self) -> str:
        """Who got it: unit, then person."""
        return "; ".join(part for part in (self.unit, str(self.handler or "")) if part)

    def state_on(self, today: date) -> IncomingState:
        """Where it stands on the day; `IncomingQuerySet.in_state` asks the same in SQL."""
        return law.state(
            voided=bool(self.voided_because),
            done_on=self.done_on,
            handed_on=self.handed_on,
            due_on=self.due_on,
            today=today,
        )

    def progress_on(self, today: date) -> str:
        """The follow-up book's words for it."""
        if self.voided_because:
            return "Đã hủy"
        return law.progress(
            done_on=self.done_on, handed_on=self.handed_on, due_on=self.due_on, today=today
        )  # fmt: skip
