"""Puts PAdES signatures into a PDF: fields and properties first, then each signer, nothing that was there rewritten."""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from documents.signing.certificates import TEST_MARK, Certificate, described
from documents.signing.places import Box
from documents.signing.sources import SigningSource
from hdnd.lib import clock
from hdnd.lib.errors import DomainError


@dataclass(frozen=True)
class Mark:
    """One signature to be made.

    Attributes:
        field: the name of its field in the PDF; a number is added when it is taken.
        label: what the field is called to people.
        page: from 0.
        stamp: a one-page PDF that fills the box.
        is_test: signed with a certificate that is only for testing, which the file's properties then say.
    """

    field: str
    label: str
    page: int
    box: Box
    stamp: bytes
    source: SigningSource
    is_test: bool


def certificate_of(source: SigningSource) -> Certificate:
    """Whose certificate the source signs with.

    Raises:
        DomainError: see `SigningSource.opened`.
    """
    with source.opened() as signer:
        return described(signer.signing_cert)


def sign(pdf: bytes, marks: Sequence[Mark], *, time_server: Any = None) -> bytes:
    """The PDF with its signatures: PAdES B-B, or B-T with a time server (a pyHanko `TimeStamper`).

    The given bytes stay as they are at the beginning of the result; what is signed is their first revision and all
    that follows it.

    Raises:
        DomainError: a source can't be opened, or the time server does not answer.
        PdfReadError: not a PDF that can be extended.
    """
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    prepared, names = _with_fields(pdf, marks)
    try:
        for mark, name in zip(marks, names, strict=True):
            prepared = _signed(prepared, mark, name, time_server)
    except TimestampRequestError as error:
        raise DomainError(
            "Máy chủ cấp dấu thời gian không trả lời. Chưa ký gì; thử lại sau ít phút hoặc báo quản trị."
        ) from error
    return prepared


def _with_fields(pdf: bytes, marks: Sequence[Mark]) -> tuple[bytes, list[str]]:
    """All fields in one revision before the first signature: what comes later is signatures alone."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    taken = {name for name, _, _ in enumerate_sig_fields(writer)}
    names = []
    for mark in marks:
        name = next(name for name in _numbered(mark.field) if name not in taken)
        taken.add(name)
        names.append(name)
        append_signature_field(
            writer,
            SigFieldSpec(name, on_page=mark.page, box=mark.box, readable_field_name=mark.label),  # type: ignore[arg-type]
        )
    if any(mark.is_test for mark in marks):
        _note_in_properties(writer, TEST_MARK)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue(), names


def _note_in_properties(writer: Any, text: str) -> None:
    """As keyword in both places; pyHanko's own keywords write an XMP property that PDF/A does not know."""
    from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
    from pyhanko.pdf_utils.metadata.model import NS, ExpandedName, XmpStructure, XmpValue

    keywords = ExpandedName(ns=NS["pdf"], local_name="Keywords")
    writer.document_meta.xmp_extra = [XmpStructure.of((keywords, XmpValue(text)))]
    if "/Info" in writer.prev.trailer:
        info = writer.prev.trailer["/Info"]
        info[pdf_name("/Keywords")] = TextStringObject(text)
        writer.update_container(info)


def _numbered(name: str) -> Any:
    yield name
    yield from (f"{name}{number}" for number in range(2, 100))


def _signed(pdf: bytes, mark: Mark, name: str, time_server: Any) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.stamp import StaticStampStyle

    # pyHanko reads a stamp from a path only.
    with tempfile.NamedTemporaryFile(suffix=".pdf") as drawn, mark.source.opened() as signer:
        drawn.write(mark.stamp)
        drawn.flush()
        metadata = PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=described(signer.signing_cert).name,
            reason=TEST_MARK if mark.is_test else None,
        )
        style = StaticStampStyle.from_pdf_file(drawn.name, border_width=0, background_layout=_edge_to_edge())
        engine = _signer_class()(metadata, signer, timestamper=time_server, stamp_style=style)
        signed = engine.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True)
        return bytes(signed.getvalue())


def _edge_to_edge() -> Any:
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule

    return SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
    )


@cache
def _signer_class() -> type[Any]:
    """pyHanko's signer, made on first use: its import takes half a second."""
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

    class OurSigner(PdfSigner):
        """Signs by our clock, and leaves the PDF's version alone."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = clock.now()
            return session

        def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
            """For a key on an elliptic curve pyHanko would call the file PDF 2.0, which PDF/A-2 is not."""
            pdf_out.register_extension(ESIC_EXTENSION_1)

    return OurSigner
