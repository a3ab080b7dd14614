"""People, posts and memberships. A membership always has dates: "who led UBND on day D" is a query."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from councils.choices import OrganizationKind
from councils.models.dated import Dated, DatedQuerySet, Searchable
from councils.models.organization import Organization
from hdnd.lib.dates import short_date
from hdnd.lib.text import name_sort_key


class Person(Searchable):
    """A person in public office; only what an office needs to address and count them."""

    code = models.CharField("mã", max_length=20, unique=True, null=True, blank=True)
    full_name = models.CharField("họ và tên", max_length=120)
    gender = models.CharField(
        "giới tính",
        max_length=1,
        choices=(("m", "nam"), ("f", "nữ")),
        blank=True,
        help_text="Để viết đúng Ông, Bà.",
    )
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    # Vietnamese names sort by given name.
    sort_key = models.CharField(max_length=300, editable=False, default="", db_index=True)

    search_fields = ("full_name", "code")
    derived_fields = ("search", "sort_key")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "người"
        verbose_name_plural = "người"
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.full_name

    def refresh_derived(self) -> None:
        super().refresh_derived()
        self.code = self.code or None
        self.sort_key = name_sort_key(self.full_name)[:300]

    @property
    def styled_name(self) -> str:
        """With Ông or Bà, as papers address people."""
        style = {"m": "Ông ", "f": "Bà "}.get(self.gender, "")
        return f"{style}{self.full_name}"


class Post(models.Model):
    """A title within a kind of body: Chủ tịch of a standing committee, Trưởng ban of a committee …"""

    organization_kind = models.CharField("loại cơ quan", max_length=20, choices=OrganizationKind.choices)
    name = models.CharField("chức vụ", max_length=120)
    rank = models.PositiveSmallIntegerField("thứ tự", default=50, help_text="Số nhỏ đứng trước.")
    is_leader = models.BooleanField("là lãnh đạo", default=False)
    is_head = models.BooleanField("là người đứng đầu", default=False, help_text="Ký TM. không có KT.")
    is_member = models.BooleanField(
        "là thành viên",
        default=True,
        help_text="Được triệu tập và tính vào số thành viên khi xét đủ điều kiện họp.",
    )

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ("organization_kind", "rank", "name")
        constraints = (models.UniqueConstraint(fields=["organization_kind", "name"], name="post_once"),)

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A person's seat or post in a body, from a day to a day."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="người", related_name="memberships")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="memberships"
    )
    post = models.ForeignKey(Post, models.PROTECT, verbose_name="chức vụ", related_name="memberships")
    is_fulltime = models.BooleanField("hoạt động chuyên trách", default=False)
    constituency = models.CharField("đơn vị bầu cử", max_length=120, blank=True)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]
    # Rows edited on the same page: their stored dates are about to change, so the form compares them itself.
    edited_beside: Collection[int] = ()
    # The person's other seats in the body, where an import knows them: then `clean` asks no query.
    beside: "Collection[Membership] | None" = None

    class Meta:
        verbose_name = "tư cách thành viên"
        verbose_name_plural = "tư cách thành viên"
        ordering = ("post__rank", "person__sort_key")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=models.F("valid_to")), name="membership_dates"
            ),
        )
        # "who sat in this body on that day"
        indexes = (models.Index(fields=["organization", "valid_from"], name="membership_org_from"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.post} {self.organization.label}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from is None:
            raise ValidationError(
                {"valid_from": "Cần ngày bắt đầu: tư cách thành viên luôn gắn với thời gian."}
            )
        if self.post_id and self.organization_id and self.post.organization_kind != self.organization.kind:
            raise ValidationError(
                {
                    "post": "Chức vụ này thuộc loại cơ quan khác. "
                    f"Chọn chức vụ của {self.organization.get_kind_display()}."
                }
            )
        if not (self.person_id and self.organization_id):
            return
        other = self._clash()
        if other:
            raise ValidationError({"valid_from": other.overlap_message()})

    def _clash(self) -> "Membership | None":
        """A seat of the same person in the same body on a common day."""
        if self.beside is not None:
            others = (row for row in self.beside if row is not self and (row.pk is None or row.pk != self.pk))
            return next((row for row in others if self.overlaps(row)), None)
        stored = Membership.objects.filter(person_id=self.person_id, organization_id=self.organization_id)
        stored = stored.exclude(
            pk__in=[self.pk, *self.edited_beside] if self.pk else list(self.edited_beside)
        )
        overlapping = stored.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            overlapping = overlapping.filter(valid_from__lte=self.valid_to)
        return overlapping.select_related("post").first()

    def overlaps(self, other: "Membership") -> bool:
        """Whether both hold on a common day for the same person in the same body."""
        if (self.person_id, self.organization_id) != (other.person_id, other.organization_id):
            return False
        first, second = sorted((self, other), key=lambda row: row.valid_from or date.min)
        return first.valid_to is None or first.valid_to >= (second.valid_from or date.min)

    def overlap_message(self) -> str:
        """What the other of two overlapping rows is told."""
        since = short_date(self.valid_from) if self.valid_from else "trước"
        until = short_date(self.valid_to) if self.valid_to else "nay"
        return (
            f"Trùng thời gian với tư cách {self.post} từ {since} đến {until}. "
            "Kết thúc tư cách cũ trước ngày bắt đầu tư cách mới."
        )
