"""Drafts: the first line, the working copy, who is asked, what is answered, the signed copy, a delegation."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from councils.models import Membership, Organization, User
from documents.choices import RelationKind, SigningForm, UrgencyMark
from documents.draft_beginning import first_authority
from documents.law.numbering import may_be_legal
from documents.models import Draft
from documents.paper.kinds import KINDS
from documents.services.draft_issuing import SignedCopy
from documents.services.drafting import DraftInput, SignerInput
from hdnd.lib import filetypes

TEXT_LIMIT = 1_000_000
"""Letters of a body: a 300-page annex has some 700,000."""


def _lines(rows: int) -> forms.Widget:
    return forms.Textarea(attrs={"rows": rows})


def _many() -> forms.Widget:
    return forms.SelectMultiple(attrs={"data-tom-select": ""})


class SeatChoice(forms.ModelChoiceField):
    """A person by name, post and body."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.full_name}, {obj.post.name} {obj.organization.label}"


class UserChoices(forms.ModelMultipleChoiceField):
    """Accounts by the person's name and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name}, {obj.title}" if obj.title else obj.display_name


class UserChoice(forms.ModelChoiceField):
    """One account by the person's name and title."""

    label_from_instance = UserChoices.label_from_instance


class StartForm(forms.Form):
    """What is written, for whom, about what."""

    organization = forms.ModelChoiceField(
        label="Cơ quan ban hành", queryset=Organization.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label="Loại văn bản", choices=[(kind.code, kind.name) for kind in KINDS])
    subject = forms.CharField(
        label="Trích yếu", max_length=1000, widget=_lines(2), required=False,
        help_text="Ví dụ: Rà soát tiến độ giải ngân vốn đầu tư công. Không ghi “V/v”, hệ thống tự thêm. Bỏ trống thì lấy "
        "trích yếu gợi ý của mẫu.",
    )  # fmt: skip

    def __init__(self, *args: Any, own: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """What a new paper does to an issued one."""

    relation = forms.ChoiceField(label="Việc cần làm", choices=RelationKind.choices)


class DraftForm(forms.Form):
    """The working copy."""

    subject = forms.CharField(label="Trích yếu", max_length=1000, widget=_lines(2))
    salutation = forms.CharField(
        label="Kính gửi", required=False, max_length=8000, widget=_lines(2), help_text="Mỗi nơi một dòng."
    )
    body = forms.CharField(
        label="Nội dung", required=False, max_length=TEXT_LIMIT, widget=_lines(18),
        help_text="Mỗi đoạn một dòng. “Căn cứ …;” thành căn cứ in nghiêng; “Điều 1.”, “1.”, “a)” tự đánh số; "
        "“| cột | cột |” thành bảng; “PHỤ LỤC” bắt đầu phụ lục; **đậm**, *nghiêng*.",
    )  # fmt: skip
    signer = SeatChoice(
        label="Người ký", queryset=Membership.objects.none(), required=False, empty_label="Chọn người ký"
    )
    form = forms.ChoiceField(label="Hình thức ký", choices=SigningForm.choices, required=False)
    authority = forms.CharField(
        label="Dòng quyền hạn", max_length=200, required=False,
        help_text="Bỏ trống thì hệ thống ghi theo hình thức ký.",
    )  # fmt: skip
    second = SeatChoice(
        label="Cùng ban hành, người ký thứ hai", queryset=Membership.objects.none(), required=False, empty_label="Không"
    )  # fmt: skip
    third = SeatChoice(
        label="Cùng ban hành, người ký thứ ba", queryset=Membership.objects.none(), required=False, empty_label="Không"
    )  # fmt: skip
    recipients = forms.CharField(
        label="Nơi nhận", required=False, max_length=8000, widget=_lines(3),
        help_text="Mỗi nơi một dòng; dòng “Lưu: VT” tự thêm.",
    )  # fmt: skip
    addressees = forms.ModelMultipleChoiceField(
        label="Gửi tới trên hệ thống", queryset=Organization.objects.none(), required=False, widget=_many(),
        help_text="Các cơ quan này mở được văn bản và nhận thư sau khi phát hành.",
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label="Độ khẩn", choices=[("", "Thường"), *UrgencyMark.choices], required=False
    )
    is_legal = forms.BooleanField(
        label="Văn bản quy phạm pháp luật", required=False, help_text="Ký hiệu có năm: 12/2026/NQ-HĐND."
    )

    def __init__(self, *args: Any, draft: Draft, seats: Any, joint: Any, bodies: Any, **kwargs: Any) -> None:
        signers = list(draft.signers.all())
        kwargs.setdefault("initial", _stored(draft, signers))
        if not signers:
            kwargs["initial"].setdefault("signer", _likely(draft, seats))
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["signer"].queryset = seats  # type: ignore[attr-defined]
        for name in ("second", "third"):
            self.fields[name].queryset = joint  # type: ignore[attr-defined]
        self.fields["addressees"].queryset = bodies  # type: ignore[attr-defined]
        if not draft.kind.has_salutation:
            del self.fields["salutation"]
        if not may_be_legal(draft.kind.doc_type):
            del self.fields["is_legal"]

    def data_typed(self) -> DraftInput:
        """The cleaned working copy for the service."""
        given = self.cleaned_data
        first = given["signer"]
        signers = []
        if first:
            signers.append(SignerInput(self.draft.organization, first, given["form"], given["authority"]))
            signers += [
                SignerInput(seat.organization, seat) for seat in (given["second"], given["third"]) if seat
            ]
        return DraftInput(
            subject=given["subject"],
            body=given["body"],
            salutation=given.get("salutation", self.draft.salutation),
            recipients=given["recipients"],
            urgency=given["urgency"],
            is_legal=given.get("is_legal", False),
            addressees=list(given["addressees"]),
            signers=signers,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("second") or given.get("third")) and not given.get("signer"):
            self.add_error(
                "signer", "Chọn người ký của cơ quan ban hành trước khi chọn cơ quan cùng ban hành."
            )
        return given

    def differences(self, stored: Draft) -> list[tuple[str, str, str]]:
        """(field, stored, typed) where the two differ, in words; the body has a comparison of its own."""
        names = [name for name in ("subject", "salutation", "recipients") if name in self.fields]
        found = []
        for name in names:
            ours, mine = (
                str(getattr(stored, name)),
                str(self.data.get(name, "")).replace("\r\n", "\n").strip(),
            )
            if ours != mine:
                found.append((str(self.fields[name].label), ours or "(trống)", mine or "(trống)"))
        return found


def _likely(draft: Draft, seats: Iterable[Membership]) -> int | None:
    """The head of the body, else its first leader: offered, not written down before somebody saves."""
    own = [seat for seat in seats if seat.organization_id == draft.organization_id]
    return next((seat.pk for seat in own if seat.post.is_head), own[0].pk if own else None)


def _stored(draft: Draft, signers: Sequence[Any]) -> dict[str, Any]:
    names = ("subject", "body", "salutation", "recipients", "urgency", "is_legal")
    found: dict[str, Any] = {name: getattr(draft, name) for name in names}
    found["addressees"] = [body.pk for body in draft.addressees.all()]
    for name, row in zip(("signer", "second", "third"), signers, strict=False):
        found[name] = row.seat_id
    if signers:
        found |= {"form": signers[0].form, "authority": signers[0].authority}
    else:
        form, authority = first_authority(draft)
        found |= {"form": form, "authority": authority}
    return found


class SubmitForm(forms.Form):
    """Who is asked before the signer: up to three steps."""

    first = UserChoices(label="Bước 1", queryset=User.objects.none(), required=False, widget=_many())
    second = UserChoices(label="Bước 2", queryset=User.objects.none(), required=False, widget=_many())
    third = UserChoices(label="Bước 3", queryset=User.objects.none(), required=False, widget=_many())
    note = forms.CharField(label="Lời trình", max_length=500, required=False, widget=_lines(2))

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second", "third"):
            self.fields[name].queryset = reviewers  # type: ignore[attr-defined]

    def steps(self) -> list[list[User]]:
        """The people, step by step."""
        return [list(self.cleaned_data[name]) for name in ("first", "second", "third")]


class DecideForm(forms.Form):
    """What a reviewer says."""

    note = forms.CharField(
        label="Ý kiến", required=False, max_length=4000, widget=_lines(3),
        help_text="Bắt buộc khi trả lại: cần sửa gì.",
    )  # fmt: skip


class RemarkForm(forms.Form):
    """A remark on a paragraph or on the whole."""

    text = forms.CharField(label="Góp ý", max_length=4000, widget=_lines(3))
    place = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class AnswerForm(forms.Form):
    """How a remark was met."""

    answer = forms.CharField(label="Trả lời", required=False, max_length=2000)


class DropForm(forms.Form):
    """Why a draft is given up."""

    reason = forms.CharField(label="Lý do không ban hành", max_length=500)


class WordForm(forms.Form):
    """A Word file that comes back."""

    file = forms.FileField(
        label="Tệp Word đã sửa", validators=[filetypes.not_too_large], help_text="Tệp .docx, không quá 50 MB.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept([filetypes.DOCX])}),
    )  # fmt: skip


class SignedCopyForm(forms.Form):
    """The scan of the paper signed by hand."""

    issued_on = forms.DateField(
        label="Ngày ghi trên văn bản", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    copies = forms.IntegerField(label="Số lượng bản", min_value=1, max_value=100_000, required=False)
    file = forms.FileField(
        label="Bản quét đã ký, đóng dấu", validators=[filetypes.not_too_large], help_text="PDF, không quá 50 MB.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept([filetypes.PDF])}),
    )  # fmt: skip

    def copy(self) -> SignedCopy:
        """The cleaned copy for the service."""
        upload = self.cleaned_data["file"]
        return SignedCopy(
            self.cleaned_data["issued_on"], upload.name, upload.read(), self.cleaned_data["copies"]
        )


class DelegationForm(forms.Form):
    """Who decides in whose place, from when to when."""

    organization = forms.ModelChoiceField(
        label="Cơ quan", queryset=Organization.objects.none(), empty_label=None
    )
    principal = UserChoice(label="Người vắng", queryset=User.objects.none(), empty_label="Chọn")
    deputy = UserChoice(label="Người thay", queryset=User.objects.none(), empty_label="Chọn")
    valid_from = forms.DateField(
        label="Từ ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label="Đến hết ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Ví dụ: Giấy ủy quyền số 05/GUQ-HĐND ngày 02/11/2026."
    )

    def __init__(self, *args: Any, own: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        for name in ("principal", "deputy"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
