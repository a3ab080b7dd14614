"""Organizations, their terms and their contact book."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from councils.choices import COUNCIL_FAMILY, ContactKind, Level, OrganizationKind, protocol_rank
from councils.models.area import Area
from councils.models.dated import Dated, DatedQuerySet, Searchable


class OrganizationQuerySet(DatedQuerySet):
    """Organizations in domain words."""

    def in_families(self, roots: list[int]) -> Self:
        """The bodies named and, below a council, its organs."""
        return self.filter(Q(pk__in=roots) | Q(parent__in=roots, kind__in=COUNCIL_FAMILY))


class Organization(Searchable, Dated):
    """A body of any kind: council, standing committee, People's Committee, Front, office, department …"""

    code = models.CharField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=80, blank=True)
    kind = models.CharField("loại", max_length=20, choices=OrganizationKind.choices)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        verbose_name="đơn vị hành chính",
        null=True,
        blank=True,
        related_name="organizations",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="trực thuộc", null=True, blank=True, related_name="children"
    )
    # Follows from the area (none: central); a column because clauses are matched by it.
    level = models.CharField("cấp", max_length=10, choices=Level.choices, editable=False)
    abbreviation = models.CharField(
        "chữ viết tắt trong ký hiệu", max_length=30, blank=True, help_text="Ví dụ HĐND trong 31/GM-HĐND."
    )
    identifier = models.CharField("mã định danh điện tử", max_length=40, blank=True)
    successors = models.ManyToManyField(
        "self", verbose_name="cơ quan kế thừa", symmetrical=False, blank=True, related_name="predecessors"
    )

    search_fields = ("code", "name", "short_name")
    derived_fields = ("search", "level", "valid_from", "valid_to")
    objects: ClassVar[OrganizationQuerySet] = OrganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "cơ quan, tổ chức"
        verbose_name_plural = "cơ quan, tổ chức"
        ordering = ("code",)
        # "the standing committees of these areas on that day"
        indexes = (models.Index(fields=["area", "kind"], name="organization_area_kind"),)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one, for lists."""
        return self.short_name or self.name

    def refresh_derived(self) -> None:
        self.level = self.area.level if self.area else Level.CENTRAL
        if self.area:  # a body without dates of its own lives as long as its area
            self.valid_from = self.valid_from or self.area.valid_from
            self.valid_to = self.valid_to or self.area.valid_to
        super().refresh_derived()

    def clean(self) -> None:
        super().clean()
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError(
                    {"parent": "Cơ quan không thể trực thuộc chính mình. Chọn cơ quan cấp trên khác."}
                )
            ancestor = ancestor.parent

    @property
    def protocol_key(self) -> tuple[int, str]:
        """Sorts bodies as papers name them."""
        return protocol_rank(self.level, self.kind), self.code

    @property
    def family_root_id(self) -> int:
        """The council for a council's own organs, else the body itself."""
        if self.kind in COUNCIL_FAMILY and self.kind != OrganizationKind.COUNCIL and self.parent_id:
            return self.parent_id
        return self.pk


class LegislativeTerm(models.Model):
    """A term shared by all councils, for instance 2026-2031; the ordinal (khóa) is each council's own."""

    code = models.CharField("nhiệm kỳ", max_length=20, unique=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ("-valid_from",)

    def __str__(self) -> str:
        return self.code


class CouncilTerm(models.Model):
    """One council in one term: its ordinal (khóa) and its elected seats."""

    council = models.ForeignKey(Organization, models.PROTECT, verbose_name="HĐND", related_name="terms")
    term = models.ForeignKey(
        LegislativeTerm, models.PROTECT, verbose_name="nhiệm kỳ", related_name="councils"
    )
    ordinal = models.CharField("khóa", max_length=10, blank=True)
    seats = models.PositiveSmallIntegerField("số đại biểu được bầu")

    class Meta:
        verbose_name = "khóa HĐND"
        verbose_name_plural = "khóa HĐND"
        constraints = (models.UniqueConstraint(fields=["council", "term"], name="council_term_once"),)

    def __str__(self) -> str:
        return f"{self.council} khóa {self.ordinal} ({self.term})"


class Contact(Searchable, Dated):
    """An address of a body in the contact book; several of each kind."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="cơ quan", related_name="contacts"
    )
    kind = models.CharField("vai trò", max_length=10, choices=ContactKind.choices, default=ContactKind.CLERK)
    name = models.CharField("họ tên hoặc bộ phận", max_length=120, blank=True)
    email = models.EmailField("thư điện tử")
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    receives_invitations = models.BooleanField("nhận giấy mời", default=True)

    search_fields = ("name", "email", "phone")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đầu mối liên hệ"
        verbose_name_plural = "danh bạ liên hệ"
        ordering = ("organization", "kind", "name")
        constraints = (models.UniqueConstraint(fields=["organization", "email"], name="contact_email_once"),)

    def __str__(self) -> str:
        return f"{self.name or self.get_kind_display()} <{self.email}>"


def leads(organization: Organization, day: date) -> Q:
    """The condition on memberships that lead the body on the day."""
    from councils.models.dated import in_force

    return Q(organization=organization, post__is_leader=True) & in_force(day)
