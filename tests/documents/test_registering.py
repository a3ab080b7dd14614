"""Numbers reserved, filled and voided; papers made elsewhere; legal and joint symbols; issued bytes that stay."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from documents.choices import DocumentState
from documents.law.numbering import joint_body, may_be_legal
from documents.models import Document, Issuer, Series
from documents.queries import register_lines, visible_documents
from documents.services import fill_number, issue, register_paper, reserve_numbers, void_number
from documents.services.registering import PaperInput
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.ledger import entries, refused, verbs

NOW = datetime(2026, 12, 30, 9, 0, tzinfo=clock.VIETNAM)
PURPOSE = "Nghị quyết về đầu tư công"
PAPER = PaperInput(
    subject="Về đầu tư công", signer_name="Nguyễn Đình Lâm", signer_title="Chủ tịch", issued_on=date(2026, 12, 29),
    file_name="nq.pdf", content=BLANK, recipients=["UBND tỉnh", " "], copies=12,
)  # fmt: skip


@pytest.fixture(autouse=True)
def office(cast: Cast, set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)
    for code, symbol, joint in (("TTHDND", "HĐND", ""), ("UBND", "UBND", ""), ("MTTQ", "MTTQ-BTT", "MTTQ")):
        Issuer.objects.create(
            organization=cast.world[code],
            name_lines=code,
            place="Vĩnh Giang",
            symbol_body=symbol,
            joint_symbol=joint,
        )


def reserved(cast: Cast, **values: Any) -> list[Document]:
    values = {"actor": cast.secretary, "doc_type": "NQ", "purpose": PURPOSE, **values}
    return reserve_numbers(organization=cast.world["TTHDND"], **values)


def registered(cast: Cast, paper: PaperInput = PAPER, **values: Any) -> Document:
    values = {"actor": cast.secretary, "doc_type": "NQ", "paper": paper, **values}
    return register_paper(organization=cast.world["TTHDND"], **values)


@pytest.mark.parametrize(
    ("bodies", "written"), [(["HĐND"], "HĐND"), (["HĐND", "UBND", "MTTQ"], "HĐND-UBND-MTTQ")]
)
def test_joint_bodies_in_order(bodies: list[str], written: str) -> None:
    assert joint_body(bodies) == written


@pytest.mark.parametrize(("kind", "may"), [("NQ", True), ("QĐ", True), ("TB", False), ("QCPH", False)])
def test_what_can_be_a_legal_document(kind: str, may: bool) -> None:
    assert may_be_legal(kind) is may


def test_a_reserved_number_is_a_line_of_the_book_without_a_paper(cast: Cast) -> None:
    first, second = reserved(cast, count=2)
    assert [first.symbol, second.symbol] == ["01/NQ-HĐND", "02/NQ-HĐND"]
    assert (first.state, first.subject, first.issued_on, first.file) == ("reserved", PURPOSE, NOW.date(), "")
    (entry,) = entries(first)
    assert (entry.verb, entry.actor) == ("documents.number.reserved", cast.secretary)
    assert entry.changes == {"symbol": "01/NQ-HĐND", "purpose": PURPOSE}
    assert set(register_lines(cast.leader)) == {first, second}
    assert list(visible_documents(cast.leader)) == []
    assert list(register_lines(cast.outsider)) == []


def test_filled_by_the_signed_paper(cast: Cast) -> None:
    (line,) = reserved(cast)
    later = registered(cast)
    done = fill_number(actor=cast.secretary, line=line, paper=replace(PAPER, addressees=[cast.world["UBND"]]))
    assert (later.number, done.pk, done.number, done.symbol) == (2, line.pk, 1, "01/NQ-HĐND")
    assert (done.state, done.issued_on, done.recipients, done.copies) == (
        "issued",
        date(2026, 12, 29),
        ["UBND tỉnh"],
        12,
    )
    assert (done.sha256, files.read(done.file), done.page_count) == (files.digest(BLANK), BLANK, 1)
    assert verbs(done) == ["documents.number.reserved", "documents.document.registered"]
    assert list(visible_documents(cast.partner)) == [done]


def test_voided_it_keeps_its_place_and_is_never_used_again(cast: Cast) -> None:
    first, second = reserved(cast, count=2)
    void_number(actor=cast.secretary, line=second, reason="Văn bản không ban hành nữa")
    second.refresh_from_db()
    assert (second.state, second.note) == ("voided", "Văn bản không ban hành nữa")
    assert verbs(second) == ["documents.number.reserved", "documents.number.voided"]
    assert registered(cast).number == 3
    for again in (
        lambda: fill_number(actor=cast.secretary, line=second, paper=PAPER),
        lambda: void_number(actor=cast.secretary, line=second, reason="Hủy thêm một lần nữa"),
    ):
        with refused(DomainError):
            again()
    fill_number(actor=cast.secretary, line=first, paper=PAPER)
    with refused(DomainError):
        void_number(actor=cast.secretary, line=first, reason="Văn bản không ban hành nữa")


def test_the_book_of_a_year_shows_every_number_once(cast: Cast) -> None:
    reserved(cast, count=3)
    registered(cast)
    issue(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="NQ", subject="Thử", signer_name="A",
        signer_title="B", recipients=[], render=lambda issuer, taken: BLANK,
    )  # fmt: skip
    void_number(
        actor=cast.secretary, line=Document.objects.get(number=2), reason="Văn bản không ban hành nữa"
    )
    fill_number(actor=cast.secretary, line=Document.objects.get(number=3), paper=PAPER)
    book = (
        Document.objects.filter(series=Series.objects.get()).order_by("number").values_list("number", "state")
    )
    assert list(book) == [(1, "reserved"), (2, "voided"), (3, "issued"), (4, "issued"), (5, "issued")]


def test_a_paper_counts_in_the_year_it_was_signed_in(
    cast: Cast, set_clock: Callable[[datetime], None]
) -> None:
    (line,) = reserved(cast)
    set_clock(datetime(2027, 1, 1, 8, 0, tzinfo=clock.VIETNAM))
    old = registered(cast)
    new = registered(cast, replace(PAPER, issued_on=date(2027, 1, 1)))
    assert [(one.year, one.number) for one in (old, new)] == [(2026, 2), (2027, 1)]
    with refused(DomainError, field="issued_on"):
        fill_number(actor=cast.secretary, line=line, paper=replace(PAPER, issued_on=date(2027, 1, 1)))
    assert fill_number(actor=cast.secretary, line=line, paper=PAPER).number == 1


def test_legal_documents_count_apart_and_show_their_year(cast: Cast) -> None:
    assert registered(cast).symbol == "01/NQ-HĐND"
    assert registered(cast, is_legal=True).symbol == "01/2026/NQ-HĐND"
    Issuer.objects.filter(symbol_body="HĐND").update(series_scope="all")
    assert registered(cast, is_legal=True).symbol == "02/2026/NQ-HĐND"
    assert registered(cast).symbol == "01/NQ-HĐND"  # the first of the one series for all others
    with refused(DomainError, field="is_legal"):
        registered(cast, doc_type="TB", is_legal=True)


def test_a_joint_paper_takes_the_lead_s_number_and_names_all(cast: Cast) -> None:
    issuer = Issuer.objects.get(symbol_body="HĐND")
    Series.objects.create(issuer=issuer, doc_type="QCPH", year=2026, last_number=68)
    others = [cast.world["UBND"], cast.world["MTTQ"]]
    paper = registered(cast, doc_type="QCPH", co_issuers=others)
    assert paper.symbol == "69/QCPH-HĐND-UBND-MTTQ"
    assert list(visible_documents(cast.partner)) == [paper]
    for wrong in ([cast.world["UBND"], cast.world["UBND"]], [cast.world["TTHDND"]], [cast.world["SXD"]]):
        with refused(DomainError, field="co_issuers"):
            registered(cast, doc_type="QCPH", co_issuers=wrong)


@pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
def test_only_the_office_keeps_the_book(cast: Cast, person: str) -> None:
    (line,) = reserved(cast)
    actor = getattr(cast, person)
    for act in (
        lambda: reserved(cast, actor=actor),
        lambda: registered(cast, actor=actor),
        lambda: fill_number(actor=actor, line=line, paper=PAPER),
        lambda: void_number(actor=actor, line=line, reason="Văn bản không ban hành nữa"),
    ):
        with refused(PermissionDenied):
            act()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_on": date(2026, 12, 31)}, "issued_on"),
        ({"content": b"MZ\x90\x00"}, "file"),
        ({"content": locked()}, "file"),
        ({"content": b"%PDF-1.7 broken"}, "file"),
        ({"content": b""}, "file"),
        ({"file_name": "nq.docx"}, "file"),
        ({"signer_name": " "}, "signer_name"),
    ],
)
def test_a_refused_paper_takes_no_number(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with refused(DomainError, field=field):
        registered(cast, replace(PAPER, **changes))


@pytest.mark.parametrize(
    ("values", "field"), [({"purpose": "ngắn"}, "purpose"), ({"count": 0}, "count"), ({"count": 21}, "count")]
)
def test_a_refused_reservation(cast: Cast, values: dict[str, Any], field: str) -> None:
    with refused(DomainError, field=field):
        reserved(cast, **values)


class TestVerify:
    def told(self, *options: str) -> tuple[int, str]:
        out = io.StringIO()
        try:
            call_command("verify_documents", *options, stdout=out)
        except SystemExit as end:
            return int(end.code or 0), out.getvalue()
        return 0, out.getvalue()

    def test_whole(self, cast: Cast) -> None:
        registered(cast)
        reserved(cast)  # has no file that could be missing
        assert self.told() == (0, "Đã kiểm tra 1 văn bản, 0 văn bản không còn nguyên vẹn.\n")

    def test_what_is_changed_or_missing_is_named(self, cast: Cast) -> None:
        whole, changed, missing = (registered(cast) for _ in range(3))
        name = default_storage.save("aa/changed.pdf", ContentFile(BLANK + b" "))
        Document.objects.filter(pk=changed.pk).update(file=name)
        Document.objects.filter(pk=missing.pk).update(file="aa/missing.pdf")
        code, text = self.told("--json")
        said = json.loads(text)
        assert (code, said["checked"]) == (1, 3)
        assert [(one["document"], one["symbol"], one["what"]) for one in said["harmed"]] == [
            (changed.pk, "02/NQ-HĐND", "changed"), (missing.pk, "03/NQ-HĐND", "missing"),
        ]  # fmt: skip
        code, text = self.told()
        assert (code, whole.symbol in text) == (1, False)
        assert f"02/NQ-HĐND (2026): tệp đã bị thay đổi, {name}\n" in text
        assert "03/NQ-HĐND (2026): mất tệp, aa/missing.pdf\n" in text


def test_the_database_itself_refuses_a_paper_without_a_file(cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    line = registered(cast)
    for wrong in ({"file": ""}, {"state": DocumentState.RESERVED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=line.pk).update(**wrong)
