"""What a mail server's refusal means in an office's words, and what to do about it."""

import re
import smtplib
from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    """Why a mail did not arrive; the label says it to people."""

    UNKNOWN = "unknown", "Hộp thư này không tồn tại"
    FULL = "full", "Hộp thư của người nhận đã đầy"
    TOO_BIG = "too_big", "Thư quá lớn, máy chủ của người nhận không nhận"
    SIGN_IN = "sign_in", "Máy chủ thư không chấp nhận tài khoản gửi của hệ thống"
    BLOCKED = "blocked", "Máy chủ của người nhận chặn thư"
    FILE = "file", "Thiếu tệp kèm của thư"
    BUSY = "busy", "Máy chủ của người nhận tạm thời chưa nhận thư"
    SERVER = "server", "Máy chủ thư không trả lời"
    OTHER = "other", "Máy chủ không nhận thư này"


ADVICE = {
    Kind.UNKNOWN: "Kiểm tra chính tả của địa chỉ, hỏi lại người nhận, rồi sửa địa chỉ và gửi lại.",
    Kind.FULL: "Gọi điện đề nghị dọn hộp thư hoặc xin địa chỉ khác, rồi gửi lại.",
    Kind.TOO_BIG: "Gửi bản giấy, hoặc gửi lại tới địa chỉ khác.",
    Kind.SIGN_IN: "Báo quản trị kiểm tra tài khoản máy chủ thư, rồi gửi lại.",
    Kind.BLOCKED: "Gọi điện nhờ người nhận cho phép địa chỉ gửi, hoặc gửi lại tới địa chỉ khác.",
    Kind.FILE: "Báo quản trị khôi phục tệp kèm, rồi gửi lại.",
    Kind.BUSY: "Gọi điện báo người nhận, rồi gửi lại.",
    Kind.SERVER: "Báo quản trị kiểm tra máy chủ thư, rồi gửi lại.",
    Kind.OTHER: "Kiểm tra địa chỉ, gọi điện báo người nhận, rồi gửi lại.",
}
BOUNCES = (Kind.UNKNOWN, Kind.FULL, Kind.TOO_BIG, Kind.BLOCKED, Kind.OTHER)
"""What a returned mail can tell an office that reads it."""

# First that fits. Enhanced status codes after RFC 3463, reply codes after RFC 5321, then servers' usual words.
_SIGNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.FULL, r"\b[45]\.2\.2\b|mailbox (is )?full|quota|insufficient storage"),
        (Kind.TOO_BIG, r"\b[45]\.(3\.4|2\.3)\b|\b552\b|too (big|large)|exceeds? .*size"),
        (Kind.SIGN_IN, r"\b53[0458]\b|\b5\.7\.[89]\b|authenticat"),
        (Kind.BLOCKED, r"\b[45]\.7\.\d+\b|\b554\b|spam|block(ed|list)|blacklist|relay|policy"),
        (Kind.UNKNOWN, r"\b5\.1\.\d+\b|\b5\.4\.4\b|user unknown|(no such|unknown) (user|recipient|mailbox|address)"),
        (Kind.UNKNOWN, r"\b55[013]\b|does not exist|mailbox not found|invalid (recipient|mailbox)|invalid address"),
        (Kind.FILE, r"no such file"),
        (Kind.BUSY, r"\b4[25]\d\b(?<!421)|\b4\.\d+\.\d+\b|try (again )?later|greylist"),
        (Kind.SERVER, r"\b421\b|errno|time(d )?out|connect|unreachable|no route|closed|name or service|\bssl\b"),
    )
)  # fmt: skip
_BOUNCED = re.compile(r"^bounced (\w+)(?:: (.*))?$", re.DOTALL)
_ADDRESS = re.compile(r"\S+@\S+")


@dataclass(frozen=True)
class Failure:
    """A refusal as people read it.

    Attributes:
        said: the server's own words, or the note of whoever marked the mail as returned.
    """

    kind: Kind
    said: str
    is_bounce: bool = False

    @property
    def what(self) -> str:
        """What happened."""
        return f"Thư bị trả lại: {self.kind.label.lower()}" if self.is_bounce else str(self.kind.label)

    @property
    def advice(self) -> str:
        """What to do once the system has given up."""
        return ADVICE[self.kind]


def failure_of(error: str) -> Failure:
    """Reads what is stored as a message's last error."""
    bounced = _BOUNCED.match(error)
    if bounced and bounced[1] in Kind:
        return Failure(Kind(bounced[1]), bounced[2] or "", is_bounce=True)
    plain = _ADDRESS.sub("", error)  # `a550@coquan.test` is no reply code
    return Failure(next((kind for kind, sign in _SIGNS if sign.search(plain)), Kind.OTHER), error)


def bounce(kind: Kind, note: str) -> str:
    """What is stored as the last error of a mail that came back."""
    return f"bounced {kind.value}: {note}" if note else f"bounced {kind.value}"


def is_final(error: Exception) -> bool:
    """Whether another attempt cannot help: the server refuses address or content, or no mail can be made of it.

    A refused sender or sign-in is the office's own setting, so those wait for someone to mend it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)


def is_of_the_server(error: Exception) -> bool:
    """Whether the next message would meet the same: no connection, no greeting, no sign-in, silence."""
    of_one = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, FileNotFoundError, ValueError)
    return not isinstance(error, of_one)
