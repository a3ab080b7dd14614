"""The four kinds of sheets."""

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from councils.choices import ContactKind, ImportKind, OrganizationKind
from councils.imports.reading import Sheet
from councils.imports.resources import CodeField, Rows, SheetResource, lookup
from councils.imports.widgets import (
    ChoiceWidget,
    DayWidget,
    EmailWidget,
    LookupWidget,
    OptionalCodeWidget,
    PhoneWidget,
    SheetField,
    TextWidget,
    YearWidget,
    YesNoWidget,
)
from councils.models import Area, Contact, Membership, Organization, Person, Post
from hdnd.lib.text import fold

DAY_NOTE = "Ngày/tháng/năm, ví dụ 27/03/2026"
BODY_ALIASES = ("Cơ quan", "Mã đơn vị")


def bodies() -> dict[str, Organization]:
    """All bodies by folded code, their parents and areas at hand."""
    rows = {row.pk: row for row in Organization.objects.select_related("area")}
    for row in rows.values():
        row.parent = rows.get(row.parent_id)
    return {fold(row.code): row for row in rows.values()}


class Organizations(SheetResource):
    """Bodies, found by code. A parent stands in an earlier row or is stored already."""

    code = CodeField("code", "Mã cơ quan", TextWidget(), required=True, aliases=("Mã",), example="SNV")
    name = SheetField(
        "name", "Tên cơ quan", TextWidget(), required=True, aliases=("Tên",), example="Sở Nội vụ"
    )
    short_name = SheetField("short_name", "Tên gọi tắt", TextWidget())
    kind = SheetField(
        "kind", "Loại", ChoiceWidget(OrganizationKind.choices), required=True, example="Sở, ban, ngành",
        note="Một trong các loại ở trang “Mã dùng được”", aliases=("Loại cơ quan",),
    )  # fmt: skip
    area = SheetField(
        "area", "Mã đơn vị hành chính", LookupWidget("đơn vị hành chính"), example="T",
        note="Bỏ trống với cơ quan trung ương", aliases=("Mã địa bàn",),
    )  # fmt: skip
    parent = SheetField(
        "parent", "Trực thuộc", LookupWidget("cơ quan"), example="UBND",
        note="Mã cơ quan cấp trên, đã có hoặc ở dòng phía trên", aliases=("Mã cơ quan cấp trên",),
    )  # fmt: skip
    abbreviation = SheetField("abbreviation", "Viết tắt trong ký hiệu", TextWidget(), example="SNV")
    identifier = SheetField("identifier", "Mã định danh điện tử", TextWidget())
    valid_from = SheetField("valid_from", "Từ ngày", DayWidget(), note=DAY_NOTE, example="01/03/2025")
    valid_to = SheetField("valid_to", "Đến hết ngày", DayWidget(), note="Bỏ trống nếu còn hoạt động")

    class Meta(SheetResource.Meta):
        model = Organization
        fields = (
            "code", "name", "short_name", "kind", "area", "parent", "abbreviation", "identifier", "valid_from",
            "valid_to",
        )  # fmt: skip

    title_fields = ("code", "name")

    def get_queryset(self) -> QuerySet[Organization]:
        """What an export writes: parents before what belongs to them, as an import needs them."""
        return Organization.objects.select_related("area", "parent").order_by(
            "parent__parent_id", "parent_id", "code"
        )

    def prepare(self, sheet: Sheet) -> None:
        self.bodies = bodies()
        lookup(self, "parent", self.bodies)
        lookup(self, "area", {fold(row.code): row for row in Area.objects.all()})

    def find(self, row: dict[str, Any]) -> tuple[Hashable, Any]:
        code = fold(str(row["Mã cơ quan"] or ""))
        return code or object(), self.bodies.get(code)

    def keep(self, instance: Any, found: Any) -> None:
        self.bodies[fold(instance.code)] = instance


class People(SheetResource):
    """People, found by code, else by name and year of birth."""

    code = CodeField(
        "code", "Mã người", OptionalCodeWidget(), example="DB001", aliases=("Mã", "Mã đại biểu"),
        note="Bỏ trống được: khi đó tìm theo họ tên và năm sinh",
    )  # fmt: skip
    full_name = SheetField(
        "full_name", "Họ và tên", TextWidget(), required=True, example="Nguyễn Thị Hồng Minh",
        aliases=("Họ tên", "Họ và tên đại biểu"),
    )  # fmt: skip
    gender = SheetField(
        "gender", "Giới tính", ChoiceWidget(Person.gender.field.choices), note="nam hoặc nữ", example="nữ"
    )
    birth_year = SheetField("birth_year", "Năm sinh", YearWidget(), example="1978", note="Bốn chữ số")
    email = SheetField(
        "email", "Thư điện tử", EmailWidget(), example="hongminh@coquan.test", aliases=("Email", "Thư")
    )
    phone = SheetField(
        "phone", "Điện thoại", PhoneWidget(), example="0912 345 678", aliases=("Số điện thoại", "Di động")
    )

    class Meta(SheetResource.Meta):
        model = Person
        fields = ("code", "full_name", "gender", "birth_year", "email", "phone")

    title_fields = ("code", "full_name")

    def get_queryset(self) -> QuerySet[Person]:
        """What an export writes."""
        return Person.objects.order_by("sort_key", "pk")

    def prepare(self, sheet: Sheet) -> None:
        self.by_code: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.order_by("pk"):
            self.keep(person, None)

    def keep(self, instance: Any, found: Any) -> None:
        if instance.code:
            self.by_code[fold(instance.code)] = instance
        if instance.pk:
            same = self.by_name[fold(instance.full_name)]
            same[:] = [row for row in same if row.pk != instance.pk] + [instance]

    def find(self, row: dict[str, Any]) -> tuple[Hashable, Any]:
        code, name = fold(str(row.get("Mã người") or "")), fold(str(row["Họ và tên"] or ""))
        year = str(row.get("Năm sinh") or "").strip()
        if code in self.by_code:
            found = self.by_code[code]
            return ("code", code), found
        same = [
            person
            for person in self.by_name.get(name, ())
            if not (code and person.code)
            and not (year and person.birth_year and str(person.birth_year) != year)
        ]
        if len(same) > 1:
            raise ValidationError(
                {"full_name": f"Có {len(same)} người cùng tên. Ghi mã người hoặc năm sinh để biết là ai."}
            )
        if same:
            return ("pk", same[0].pk), same[0]
        return (("code", code) if code else ("name", name, year)), None


class Memberships(SheetResource):
    """Seats, found by person, body and first day."""

    person = SheetField(
        "person", "Mã người", LookupWidget("người"), required=True, column=False, example="DB001",
        note="Bỏ trống được nếu họ và tên không trùng ai", aliases=("Mã", "Mã đại biểu"),
    )  # fmt: skip
    name = SheetField(
        "person__full_name", "Họ và tên", TextWidget(), column=True, example="Nguyễn Thị Hồng Minh",
        note="Để đối chiếu với mã", aliases=("Họ tên", "Họ và tên đại biểu"),
    )  # fmt: skip
    organization = SheetField(
        "organization",
        "Mã cơ quan",
        LookupWidget("cơ quan"),
        required=True,
        example="HDND",
        aliases=BODY_ALIASES,
    )
    post = SheetField(
        "post", "Chức vụ", LookupWidget("chức vụ", shown="name"), required=True, example="Đại biểu",
        note="Chức vụ của loại cơ quan đó, xem trang “Mã dùng được”",
    )  # fmt: skip
    valid_from = SheetField(
        "valid_from", "Từ ngày", DayWidget(), required=True, note=DAY_NOTE, example="27/03/2026"
    )
    valid_to = SheetField("valid_to", "Đến hết ngày", DayWidget(), note="Bỏ trống nếu đang giữ")
    is_fulltime = SheetField(
        "is_fulltime", "Chuyên trách", YesNoWidget(), note="có hoặc không", example="không"
    )
    constituency = SheetField("constituency", "Đơn vị bầu cử", TextWidget(), example="Đơn vị số 3")

    class Meta(SheetResource.Meta):
        model = Membership
        fields = (
            "person", "name", "organization", "post", "valid_from", "valid_to", "is_fulltime", "constituency",
        )  # fmt: skip

    title_fields = ("name", "organization", "post")

    def __init__(self) -> None:
        super().__init__()
        self.fields["name"].readonly = True

    def get_queryset(self) -> QuerySet[Membership]:
        """What an export writes."""
        rows = Membership.objects.select_related("person", "organization", "post")
        return rows.order_by("organization__code", "valid_from", "post__rank", "person__sort_key", "pk")

    def prepare(self, sheet: Sheet) -> None:
        self.people: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.all():
            if person.code:
                self.people[fold(person.code)] = person
            self.by_name[fold(person.full_name)].append(person)
        self.bodies = bodies()
        self.posts = {(row.organization_kind, fold(row.name)): row for row in Post.objects.all()}
        lookup(self, "organization", self.bodies)
        self.seats: dict[tuple[int, int], list[Membership]] = defaultdict(list)
        meant = {self._person(cells).pk for _, cells in sheet.rows if self._knows(cells)}
        for seat in Membership.objects.filter(person__in=meant).select_related(
            "person", "organization", "post"
        ):
            self.seats[seat.person_id, seat.organization_id].append(seat)

    def in_order(self, rows: Rows) -> Rows:
        """Stored seats first: one that the file ends makes room for one that begins, whichever stands above."""
        return sorted(rows, key=lambda row: not (self._knows(row[1]) and self.find(row[1])[1]))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """The tables of the columns person and post depend on the row: names and kinds of bodies."""
        person = self._person(row)
        row["Mã người"] = row.get("Mã người") or fold(person.full_name)
        lookup(self, "person", {fold(str(row["Mã người"])): person})
        body = self.bodies.get(fold(str(row["Mã cơ quan"] or "")))
        of_kind = {name: post for (kind, name), post in self.posts.items() if not body or kind == body.kind}
        lookup(self, "post", of_kind)

    def find(self, row: dict[str, Any]) -> tuple[Hashable, Any]:
        body = self.bodies.get(fold(str(row["Mã cơ quan"] or "")))
        try:
            start = self.fields["valid_from"].clean(row)
        except ValueError:
            start = None  # said with the row's other mistakes
        if body is None or start is None:
            return object(), None
        person = self._person(row)
        seats = self.seats[person.pk, body.pk]
        return (person.pk, body.pk, start), next((row for row in seats if row.valid_from == start), None)

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        if instance.person_id and instance.organization_id:
            instance.beside = self.seats[instance.person_id, instance.organization_id]
        super().validate_instance(instance, errors, validate_unique)

    def keep(self, instance: Any, found: Any) -> None:
        seats = self.seats[instance.person_id, instance.organization_id]
        seats[:] = [row for row in seats if row is not found] + [instance]

    def _knows(self, row: dict[str, Any]) -> bool:
        try:
            self._person(row)
        except ValidationError:
            return False
        return True

    def _person(self, row: dict[str, Any]) -> Person:
        """The person by code, else by a name that is theirs alone.

        Raises:
            ValidationError: nobody, several, or code and name of two people.
        """
        code, name = str(row.get("Mã người") or ""), str(row.get("Họ và tên") or "")
        same = self.by_name.get(fold(name), [])
        if not code or fold(code) == fold(name):
            if len(same) == 1:
                return same[0]
            why = (
                "Có nhiều người tên này: ghi mã người."
                if same
                else "Chưa có người tên này: nhập người trước."
            )
            raise ValidationError({"person__full_name": why if name else "Ghi mã người, hoặc họ và tên."})
        found = self.people.get(fold(code))
        if found is None:
            raise ValidationError({"person": f"Không có người mã “{code}”. Nhập người trước, hoặc sửa mã."})
        if name and fold(name) != fold(found.full_name):
            raise ValidationError(
                {"person": f"Mã này là của {found.full_name}, không phải {name}. Sửa mã hoặc sửa tên."}
            )
        return found


class Contacts(SheetResource):
    """Addresses, found by body and mail address."""

    organization = SheetField(
        "organization",
        "Mã cơ quan",
        LookupWidget("cơ quan"),
        required=True,
        example="UBND",
        aliases=BODY_ALIASES,
    )
    kind = SheetField(
        "kind", "Vai trò", ChoiceWidget(ContactKind.choices), required=True, example="Văn thư",
        note=", ".join(ContactKind.labels),
    )  # fmt: skip
    name = SheetField(
        "name", "Họ tên hoặc bộ phận", TextWidget(), example="Văn thư UBND tỉnh", aliases=("Họ và tên", "Tên")
    )
    email = SheetField(
        "email", "Thư điện tử", EmailWidget(), required=True, example="vanthu@ubnd.test", aliases=("Email",)
    )
    phone = SheetField(
        "phone", "Điện thoại", PhoneWidget(), example="0203 123 456", aliases=("Số điện thoại",)
    )
    receives_invitations = SheetField(
        "receives_invitations", "Nhận giấy mời", YesNoWidget(), note="có hoặc không", example="có"
    )
    valid_from = SheetField("valid_from", "Từ ngày", DayWidget(), note=DAY_NOTE)
    valid_to = SheetField("valid_to", "Đến hết ngày", DayWidget())

    class Meta(SheetResource.Meta):
        model = Contact
        fields = (
            "organization", "kind", "name", "email", "phone", "receives_invitations", "valid_from", "valid_to",
        )  # fmt: skip

    title_fields = ("organization", "name", "email")

    def get_queryset(self) -> QuerySet[Contact]:
        """What an export writes."""
        return Contact.objects.select_related("organization").order_by("organization__code", "kind", "email")

    def prepare(self, sheet: Sheet) -> None:
        lookup(self, "organization", bodies())
        rows = Contact.objects.select_related("organization")
        self.known = {(fold(row.organization.code), row.email.lower()): row for row in rows}

    def find(self, row: dict[str, Any]) -> tuple[Hashable, Any]:
        key = (fold(str(row["Mã cơ quan"] or "")), str(row["Thư điện tử"] or "").lower())
        return key, self.known.get(key)


RESOURCES: dict[str, type[SheetResource]] = {
    ImportKind.ORGANIZATIONS: Organizations,
    ImportKind.PEOPLE: People,
    ImportKind.MEMBERSHIPS: Memberships,
    ImportKind.CONTACTS: Contacts,
}
