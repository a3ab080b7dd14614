"""Signing and checking signatures: whose key, and which file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings

from documents.forms.registering import PaperForm
from documents.signing import demo_keys
from documents.signing.remote import RemoteKey, RemoteSigningService
from documents.signing.sources import KeyFile, SigningSource, Token
from hdnd.lib import filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused

KEY_LIMIT = 200 * 1024
"""Bytes of a key file with its whole chain; larger is none."""


def signing_ways() -> list[tuple[str, str]]:
    """How one can sign on this machine: what the settings and the demo offer, and always with a file of one's own."""
    return list(_ways())


def _ways() -> Iterator[tuple[str, str]]:
    if settings.DEMO and demo_keys.is_made(settings.SIGNING_DEMO_DIR):
        yield "test", "Chứng thư thử nghiệm, không có giá trị pháp lý"
    if settings.SIGNING_SERVICE_URL:
        yield "remote", "Dịch vụ ký số từ xa"
    if settings.SIGNING_TOKEN_MODULE:
        yield "token", "Thiết bị ký cắm ở máy chủ"
    yield "file", "Tệp chứng thư (.p12, .pfx)"


def _secret(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, strip=False, help_text=help_text,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "data-way": ""}),
    )  # fmt: skip


class KeyForm(forms.Form):
    """Whose key signs. One form for each signature: give it the `holder` and `body` that a test certificate names, and
    `may_skip` where one may do without.

    The key is tried when the form is checked, so that a wrong password stands beside its field and nothing else is
    lost; key and password live as long as the request.
    """

    way = forms.ChoiceField(label="Ký bằng", widget=forms.RadioSelect)
    key_file = forms.FileField(
        label="Tệp chứng thư", required=False,
        help_text="Tệp và mật khẩu chỉ dùng cho lần ký này, không lưu lại, không ghi nhật ký.",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
    )  # fmt: skip
    password = _secret("Mật khẩu của tệp")
    token_label = forms.CharField(
        label="Nhãn thiết bị",
        required=False,
        max_length=64,
        help_text="Bỏ trống nếu máy chủ chỉ có một thiết bị.",
    )
    key_label = forms.CharField(
        label="Nhãn chứng thư",
        required=False,
        max_length=64,
        help_text="Bỏ trống nếu thiết bị chỉ có một chứng thư.",
    )
    pin = _secret("Mã PIN", "Mã PIN chỉ dùng cho lần ký này, không lưu lại, không ghi nhật ký.")
    remote_key = forms.CharField(
        label="Tài khoản ký số", required=False, max_length=120,
        help_text="Tên tài khoản ở dịch vụ ký số; xác nhận trên điện thoại khi được hỏi.",
    )  # fmt: skip

    _source: SigningSource | None = None
    fields_of = {
        "test": (),
        "file": ("key_file", "password"),
        "token": ("token_label", "key_label", "pin"),
        "remote": ("remote_key",),
        "none": (),
    }
    needed = {"key_file": "Chọn tệp chứng thư.", "pin": "Nhập mã PIN.", "remote_key": "Nhập tài khoản ký số."}

    def __init__(self, *args: Any, holder: str, body: str, may_skip: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder, self.body = holder, body
        ways = signing_ways() + ([("none", "Không ký ở bước này")] if may_skip else [])
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self.fields["way"].initial = ways[0][0]
        self.fields["way"].required = not may_skip
        offered = {name for way, _ in ways for name in self.fields_of[way]}
        for name in set().union(*self.fields_of.values()) - offered:
            del self.fields[name]

    def clean_key_file(self) -> Any:
        """Refuses before reading what can't be a key file."""
        upload = self.cleaned_data["key_file"]
        if upload and upload.size > KEY_LIMIT:
            raise forms.ValidationError(
                "Tệp quá lớn, không phải tệp chứng thư. Chọn tệp có đuôi .p12 hoặc .pfx."
            )
        return upload

    def clean(self) -> dict[str, Any]:
        """Opens the key once: what is wrong with it is said before anything is signed."""
        cleaned = super().clean() or {}
        way = cleaned.get("way")
        for name in self.fields_of.get(way or "", ()):
            if name in self.needed and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.needed[name])
        if way and not self.errors:
            self._source = self._made(way, cleaned)
        if self._source is not None:
            try:
                with self._source.opened():
                    pass
            except DomainError as error:
                refused(self, error)
        return cleaned

    def source(self) -> SigningSource | None:
        """The key of a valid form; None when nobody signs at this step."""
        return self._source

    def _made(self, way: str, cleaned: dict[str, Any]) -> SigningSource | None:
        match way:
            case "none":
                return None
            case "test":
                return demo_keys.trial_source(settings.SIGNING_DEMO_DIR, self.holder, self.body)
            case "remote":
                service = RemoteSigningService(settings.SIGNING_SERVICE_URL, settings.SIGNING_SERVICE_TOKEN)
                return RemoteKey(service, cleaned["remote_key"])
            case "token":
                return Token(
                    settings.SIGNING_TOKEN_MODULE,
                    cleaned["pin"],
                    cleaned["token_label"],
                    cleaned["key_label"],
                )
            case _:
                return KeyFile(cleaned["key_file"].read(), cleaned["password"])


class UnsignedForm(PaperForm):
    """A paper that is signed here: the same words, and the file before anybody signed it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Bản chưa ký"
        self.fields["file"].help_text = "PDF do hệ thống lập, đã ghi số và ngày."


class CheckForm(forms.Form):
    """Any PDF whose signatures are to be checked."""

    file = forms.FileField(
        label="Tệp PDF", validators=[filetypes.not_too_large],
        help_text="Không quá 50 MB. Tệp chỉ được đọc để kiểm tra, không lưu lại.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )  # fmt: skip
