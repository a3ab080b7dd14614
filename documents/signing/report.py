"""What is found about the signatures of a PDF, as people read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from documents.signing.certificates import Certificate


class Tone(Enum):
    """How a finding is meant; the value is the class of its notice on the page."""

    GOOD = "done"
    WARN = "waiting"
    BAD = "late"
    PLAIN = "info"


class Whole(Enum):
    """Whether what was signed is still what stands there."""

    WHOLE = "whole"
    CHANGED = "changed"  # the signed bytes are others, or the file can no longer be read as signed
    EDITED = "edited"  # the signed bytes stand, but what was added later changes what the paper shows


@dataclass(frozen=True)
class Finding:
    """One sentence."""

    tone: Tone
    text: str


@dataclass(frozen=True)
class SignatureReport:
    """One signature of the file, in the order of signing.

    Attributes:
        certificate: the signer's; None where the signature can't be read.
        signed_at: by the time server, else by the signer's own clock; None where neither is said.
        is_stamped: the moment is a time server's.
        is_trusted: the certificate leads to an authority that the office trusts, and was valid at that moment.
        findings: sentences in the order in which they are read.
    """

    certificate: Certificate | None
    signed_at: datetime | None
    is_stamped: bool
    whole: Whole
    is_trusted: bool
    findings: tuple[Finding, ...]

    @property
    def is_test(self) -> bool:
        """Signed with a certificate that is only for testing."""
        return self.certificate is not None and self.certificate.is_test


@dataclass(frozen=True)
class Report:
    """All signatures of a file and what they come to.

    Attributes:
        problem: why the file has no signatures to report; empty when it has.
    """

    signatures: tuple[SignatureReport, ...] = ()
    problem: Finding | None = None

    @property
    def verdict(self) -> Finding:
        """The one sentence above all."""
        if self.problem is not None:
            return self.problem
        wholes = {one.whole for one in self.signatures}
        if wholes != {Whole.WHOLE}:
            return Finding(Tone.BAD, CHANGED)
        if any(one.is_test for one in self.signatures):
            return Finding(
                Tone.WARN, "Chữ ký thử nghiệm, không có giá trị pháp lý. Tệp nguyên vẹn từ khi ký."
            )
        if not all(one.is_trusted for one in self.signatures):
            return Finding(Tone.WARN, "Tệp nguyên vẹn từ khi ký, nhưng chưa xác nhận được người ký.")
        return Finding(Tone.GOOD, "Chữ ký hợp lệ: tệp nguyên vẹn từ khi ký, chứng thư tin cậy.")

    @property
    def is_whole(self) -> bool:
        """Signed, and nothing has changed since."""
        return self.problem is None and all(one.whole is Whole.WHOLE for one in self.signatures)


CHANGED = "Tệp đã bị thay đổi sau khi ký. Không dùng tệp này; xin lại bản gốc ở nơi gửi."
