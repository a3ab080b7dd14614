"""Văn bản in the browser: the register, the stored files, the series in Django admin."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import User
from documents.models import Document, Issuer, Series
from documents.services import issue
from hdnd.audit.models import Entry
from tests.blank_pdf import BLANK
from tests.cast import PARTS, Cast

SCRIPT = "<script>alert(1)</script>"
LIST = "documents:document_list"


@pytest.fixture
def paper(cast: Cast) -> Callable[..., Document]:
    """`paper(subject, body, to=…)` issues one of TTHDND (or UBND)."""
    for code, symbol in (("TTHDND", "HĐND"), ("UBND", "UBND")):
        Issuer.objects.create(
            organization=cast.world[code], name_lines=code, place="Vĩnh Giang", symbol_body=symbol
        )

    def made(
        subject: str = "Họp", doc_type: str = "GM", body: str = "TTHDND", to: tuple[str, ...] = ()
    ) -> Document:
        return issue(
            actor=cast.secretary if body == "TTHDND" else cast.partner, organization=cast.world[body],
            doc_type=doc_type, subject=subject, signer_name="Nguyễn Đình Lâm", signer_title="CHỦ TỊCH",
            recipients=["UBND tỉnh", "Lưu: VT"], addressees=[cast.world[code] for code in to],
            render=lambda issuer, taken: BLANK,
        )  # fmt: skip

    return made


def subjects(client: Client, **query: str) -> list[str]:
    return [row.subject for row in client.get(reverse(LIST), query).context["page"]]


class TestRegister:
    def test_filters(self, cast: Cast, client: Client, paper: Any) -> None:
        paper("Mời họp đất đai")
        paper("Kết luận", "TB")
        received = paper("Trình kế hoạch", "TTr", body="UBND", to=("TTHDND",))
        client.force_login(cast.secretary)
        for query, found in (
            ({}, {"Mời họp đất đai", "Kết luận", "Trình kế hoạch"}),
            ({"tim": "dat DAI"}, {"Mời họp đất đai"}),
            ({"tim": received.symbol}, {"Trình kế hoạch"}),
            ({"loai": "TB"}, {"Kết luận"}),
            ({"chieu": "di"}, {"Mời họp đất đai", "Kết luận"}),
            ({"chieu": "den"}, {"Trình kế hoạch"}),
            ({"nam": str(received.year)}, {"Mời họp đất đai", "Kết luận", "Trình kế hoạch"}),
            ({"nam": str(received.year - 1)}, set()),
        ):
            assert set(subjects(client, **query)) == found, query

    def test_sorted_by_subject(self, cast: Cast, client: Client, paper: Any) -> None:
        for subject in ("B", "C", "A"):
            paper(subject)
        client.force_login(cast.secretary)
        assert subjects(client, sap="trich-yeu") == ["A", "B", "C"]
        assert subjects(client, sap="-so") == ["A", "C", "B"]

    def test_who_sees_what(self, cast: Cast, client: Client, paper: Any) -> None:
        paper("Nội bộ")
        paper("Gửi UBND", to=("UBND",))
        seen = {}
        for name in PARTS:
            client.force_login(getattr(cast, name))
            seen[name] = sorted(subjects(client))
        own, sent = ["Gửi UBND", "Nội bộ"], ["Gửi UBND"]
        assert seen == {
            "secretary": own, "leader": own, "delegate": own, "partner": sent, "agency": [], "outsider": [], "admin": [],
        }  # fmt: skip

    def test_scripts_are_text(self, cast: Cast, client: Client, paper: Any) -> None:
        paper(SCRIPT)
        client.force_login(cast.secretary)
        content = client.get(reverse(LIST)).content.decode()
        assert SCRIPT not in content
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content

    def test_exported_with_the_columns_of_a_register(self, cast: Cast, client: Client, paper: Any) -> None:
        document = paper("=1+1")
        client.force_login(cast.secretary)
        answer = client.get(reverse(LIST), {"xuat": "csv"})
        head, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert head == [
            "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
            "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
        ]  # fmt: skip
        assert row == [
            "01/GM-HĐND", f"{document.issued_on:%d/%m/%Y}", "Giấy mời: =1+1", "Nguyễn Đình Lâm", "UBND tỉnh; Lưu: VT", "VT",
            "", "", "", "",
        ]  # fmt: skip

    def test_thirty_cost_as_many_queries_as_one(self, cast: Cast, client: Client, paper: Any) -> None:
        paper()
        client.force_login(cast.secretary)

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(LIST)).status_code == 200
            return len(captured)

        count()
        few = count()
        for _ in range(30):
            paper()
        assert (count(), Document.objects.count()) == (few, 31)


class TestFile:
    def test_the_issued_bytes_inline_or_to_keep(self, cast: Cast, client: Client, paper: Any) -> None:
        address = reverse("documents:document_file", args=[paper().pk])
        client.force_login(cast.secretary)
        shown = client.get(address)
        assert b"".join(shown.streaming_content) == BLANK
        assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert shown["Content-Disposition"].startswith("inline; ")
        kept = client.get(address, {"tai": ""})
        assert kept["Content-Disposition"].startswith("attachment; ")
        assert "01-GM-H%C4%90ND.pdf" in kept["Content-Disposition"]

    def test_who_may_open_it(self, cast: Cast, client: Client, paper: Any) -> None:
        address = reverse("documents:document_file", args=[paper(to=("UBND",)).pk])
        seen = {}
        for name in PARTS:
            client.force_login(getattr(cast, name))
            seen[name] = client.get(address).status_code
        assert seen == {
            "secretary": 200, "leader": 200, "delegate": 200, "partner": 200, "agency": 404, "outsider": 404, "admin": 404,
        }  # fmt: skip

    @pytest.mark.parametrize("harm", ["altered", "missing"])
    def test_a_harmed_file_is_never_shown_as_issued(
        self, cast: Cast, client: Client, paper: Any, harm: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        document = paper()
        changes = {"sha256": "0" * 64} if harm == "altered" else {"file": "00/nothing.pdf"}
        Document.objects.filter(pk=document.pk).update(**changes)
        client.force_login(cast.secretary)
        assert client.get(reverse("documents:document_file", args=[document.pk])).status_code == 404
        assert [record.name for record in caplog.records if record.levelname == "ERROR"] == [
            "documents.views.papers"
        ]


class TestAdmin:
    @pytest.fixture
    def admin(self, cast: Cast, client: Client) -> Client:
        User.objects.filter(pk=cast.admin.pk).update(is_staff=True)
        client.force_login(User.objects.get(pk=cast.admin.pk))
        return client

    def test_the_opening_number_is_free_until_a_document_has_taken_one(
        self, cast: Cast, admin: Client, paper: Any
    ) -> None:
        issuer = Issuer.objects.get(organization=cast.world["TTHDND"])
        series = Series.objects.create(issuer=issuer, doc_type="GM", year=paper("x", "TB").year)
        address = reverse("admin:documents_series_change", args=[series.pk])
        given = {"issuer": issuer.pk, "doc_type": "GM", "year": series.year, "last_number": 30}
        assert admin.post(address, given).status_code == 302
        assert paper().symbol == "31/GM-HĐND"
        assert Entry.objects.filter(object_id=series.pk, actor=cast.admin).count() == 1
        assert 'name="last_number"' not in admin.get(address).content.decode()
        admin.post(address, {**given, "last_number": 5})
        assert Series.objects.get(pk=series.pk).last_number == 31

    def test_documents_are_read_only(self, admin: Client, paper: Any) -> None:
        address = reverse("admin:documents_document_change", args=[paper("Cũ").pk])
        assert admin.get(address).status_code == 200
        assert admin.post(address, {"subject": "Mới"}).status_code == 403
        assert admin.get(reverse("admin:documents_document_add")).status_code == 403
        assert admin.post(address.replace("change", "delete"), {"post": "yes"}).status_code == 403
        assert Document.objects.get().subject == "Cũ"

    def test_letterheads_are_changed_and_audited(self, cast: Cast, admin: Client, paper: Any) -> None:
        issuer = Issuer.objects.get(organization=cast.world["TTHDND"])
        given = {
            "organization": issuer.organization_id, "form": "nd30", "superior_lines": "", "name_lines": "THƯỜNG TRỰC", "place": "Bình Khê",
            "symbol_body": "HĐND", "symbol_template": "{number}/{type}-{body}",
            "legal_template": "{number}/{year}/{type}-{body}", "joint_symbol": "", "series_scope": "type", "register_of": "",
            "signs_for": "", "drafting_unit": "", "phone": "",
        }  # fmt: skip
        address = reverse("admin:documents_issuer_change", args=[issuer.pk])
        wrong = admin.post(address, {**given, "symbol_template": "{type}"})
        assert "symbol_template" in wrong.context["adminform"].form.errors
        assert admin.post(address, given).status_code == 302
        assert Issuer.objects.get(pk=issuer.pk).place == "Bình Khê"
        assert Entry.objects.filter(actor=cast.admin).count() == 1


def test_the_file_field_is_a_name_in_the_storage(cast: Cast, paper: Any) -> None:
    document = paper()
    assert document.file == f"{document.sha256[:2]}/{document.sha256}.pdf"
    assert not document.file.startswith(str(settings.VAR_DIR))
