"""What a hand-over needs to be told."""

from datetime import date
from typing import Any

from django import forms

from councils import queries
from councils.models import LegislativeTerm, Organization, User
from hdnd.lib.dates import short_date


class DayField(forms.DateField):
    """A day in the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def picker(many: bool = False) -> forms.Widget:
    """A select with search."""
    kind = forms.SelectMultiple if many else forms.Select
    return kind(attrs={"data-tom-select": ""})


class MergerForm(forms.Form):
    """Which bodies end, what takes their place, and when."""

    sources = forms.ModelMultipleChoiceField(
        label="Cơ quan kết thúc", queryset=Organization.objects.none(), widget=picker(many=True),
        help_text="Các cơ quan của một HĐND (Thường trực, Ban, Tổ) kết thúc theo HĐND đó.",
        error_messages={"required": "Chọn ít nhất một cơ quan kết thúc."},
    )  # fmt: skip
    successor = forms.ModelChoiceField(
        label="Cơ quan kế thừa đã có", queryset=Organization.objects.none(), widget=picker(), required=False,
        empty_label="Lập cơ quan mới", help_text="Để trống nếu lập cơ quan mới: ghi mã và tên ở hai ô sau.",
    )  # fmt: skip
    new_code = forms.CharField(label="Mã cơ quan mới", max_length=30, required=False)
    new_name = forms.CharField(
        label="Tên cơ quan mới", max_length=200, required=False,
        help_text="Loại, địa bàn và cơ quan cấp trên lấy theo cơ quan kết thúc đầu tiên; sửa được trong trang quản trị.",
    )  # fmt: skip
    day = DayField(label="Từ ngày", help_text="Ngày đầu tiên của cơ quan kế thừa.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = queries.bodies_to_choose()
        self.fields["sources"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["successor"].queryset = bodies  # type: ignore[attr-defined]
        for name in ("sources", "successor"):
            self.fields[name].label_from_instance = body_label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        named = given.get("new_code") or given.get("new_name")
        if given.get("successor") and named:
            self.add_error("successor", "Chọn cơ quan đã có, hoặc ghi cơ quan mới; không cả hai.")
        elif not given.get("successor"):
            for name in ("new_code", "new_name"):
                if not given.get(name):
                    self.add_error(name, "Ghi mã và tên cơ quan mới, hoặc chọn cơ quan đã có ở trên.")
            if not self.errors:
                check_new(self, self._new(list(given["sources"])), {"code": "new_code", "name": "new_name"})
        return given

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        sources = list(data["sources"])
        return {
            "sources": sources,
            "successor": data["successor"] or self._new(sources),
            "day": data["day"],
        }

    def _new(self, sources: list[Organization]) -> Organization:
        """Like the first of those that end; below the same body unless that ends too."""
        day: date = self.cleaned_data["day"]
        like = sources[0]
        goes_on = like.parent is not None and like.parent.holds_on(day) and like.parent not in sources
        return Organization(
            code=self.cleaned_data["new_code"], name=self.cleaned_data["new_name"], kind=like.kind, area=like.area,
            parent=like.parent if goes_on else None, abbreviation=like.abbreviation, valid_from=day,
        )  # fmt: skip


class TermForm(forms.Form):
    """Which council, which new term, and the last days of the old one."""

    council = forms.ModelChoiceField(
        label="Hội đồng nhân dân",
        queryset=Organization.objects.none(),
        widget=picker(),
        empty_label="Chọn HĐND",
    )
    term = forms.ModelChoiceField(
        label="Nhiệm kỳ mới", queryset=LegislativeTerm.objects.none(), empty_label="Chọn nhiệm kỳ",
        help_text="Chưa có trong danh sách: thêm ở trang quản trị, mục Nhiệm kỳ.",
    )  # fmt: skip
    ordinal = forms.CharField(label="Khóa mới", max_length=10, required=False, help_text="Ví dụ XIX.")
    seats = forms.IntegerField(
        label="Số đại biểu được bầu", min_value=1, max_value=200, required=False,
        help_text="Để trống nếu khóa mới đã được nhập.",
    )  # fmt: skip
    last_day = DayField(label="Đại biểu khóa cũ đến hết ngày")
    organs_until = DayField(
        label="Thường trực, các Ban và Tổ đến hết ngày", required=False,
        help_text="Nếu làm việc đến khi bầu người mới. Để trống: cùng ngày với đại biểu.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["council"].queryset = queries.councils_to_choose()  # type: ignore[attr-defined]
        self.fields["term"].queryset = queries.terms_to_choose()  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


class LiaisonForm(forms.Form):
    """Who leaves, who takes over, and from when."""

    leaver = forms.ModelChoiceField(
        label="Người bàn giao", queryset=User.objects.none(), widget=picker(), empty_label="Chọn tài khoản"
    )
    successor = forms.ModelChoiceField(
        label="Người nhận đã có tài khoản", queryset=User.objects.none(), widget=picker(), required=False,
        empty_label="Lập tài khoản mới", help_text="Để trống nếu lập tài khoản mới: ghi các ô sau.",
    )  # fmt: skip
    username = forms.CharField(label="Tên đăng nhập mới", max_length=150, required=False)
    last_name = forms.CharField(label="Họ và tên đệm", max_length=150, required=False)
    first_name = forms.CharField(label="Tên", max_length=150, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    title = forms.CharField(label="Chức danh", max_length=120, required=False)
    day = DayField(label="Người nhận làm từ ngày")

    NEW = ("username", "last_name", "first_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = queries.accounts_to_choose()
        self.fields["leaver"].queryset = accounts  # type: ignore[attr-defined]
        self.fields["successor"].queryset = accounts  # type: ignore[attr-defined]
        for name in ("leaver", "successor"):
            self.fields[name].label_from_instance = account_label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("successor") and any(given.get(name) for name in self.NEW):
            self.add_error("successor", "Chọn người đã có tài khoản, hoặc ghi tài khoản mới; không cả hai.")
        elif not given.get("successor"):
            for name in self.NEW:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, "Cần cho tài khoản mới. Hoặc chọn người đã có tài khoản ở trên.")
            if not self.errors:
                check_new(self, self._new(), {})
        return given

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "leaver": data["leaver"],
            "successor": data["successor"] or self._new(),
            "day": data["day"],
        }

    def _new(self) -> User:
        return User(**{name: self.cleaned_data[name] for name in (*self.NEW, "title")})


def check_new(form: forms.Form, row: Any, names: dict[str, str]) -> None:
    """Says beside the fields what is wrong with a row that is about to be made; `names` maps its fields to ours."""
    try:
        row.full_clean(exclude=["password"])
    except forms.ValidationError as error:
        for name, complaints in error.message_dict.items():
            ours = names.get(name, name)
            form.add_error(ours if ours in form.fields else None, complaints)


def body_label(body: Organization) -> str:
    """`HĐND phường Tân Hòa (X01-HDND)`: old and new bodies of one name are told apart."""
    end = f", đến {short_date(body.valid_to)}" if body.valid_to else ""
    return f"{body.name} ({body.code}{end})"


def account_label(user: User) -> str:
    """`Trần Thu Hà (thuky)`."""
    return f"{user.display_name} ({user.username})"
