"""A paper handed over: the names of NĐ 30 as JSON and XML, an edXML package; what is not held is left out."""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from councils.models import Organization
from documents.choices import DocumentState
from documents.interchange import edxml, nd30
from documents.models import Document
from documents.queries.interchange import record_of
from documents.services import issue
from documents.services.handing_over import edxml_package
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.blank_pdf import BLANK
from tests.cast import PARTS, Cast
from tests.ledger import refused
from tests.meetings import factories as make

NOW = datetime(2026, 6, 18, 9, 5, tzinfo=clock.VIETNAM)
CODES = {"TTHDND": "K14.00.01", "UBND": "K14.01"}
ED = f"{{{edxml.NAMESPACE}}}"


@pytest.fixture
def paper(cast: Cast, set_clock: Callable[[datetime], None]) -> Document:
    """An invitation of TTHDND to UBND and MTTQ; the latter has no identifier."""
    set_clock(NOW)
    make.issuer(cast.world["TTHDND"], opening=4)
    for code, identifier in CODES.items():
        Organization.objects.filter(code=code).update(identifier=identifier)
    return issue(
        actor=cast.secretary, organization=Organization.objects.get(code="TTHDND"), doc_type="GM",
        subject="Họp\x0b<3> & “giải trình”", signer_name="Nguyễn Đình Lâm", signer_title="CHỦ TỊCH",
        recipients=["Như trên", "Lưu: VT"], addressees=[cast.world["MTTQ"], Organization.objects.get(code="UBND")],
        render=lambda issuer, taken: BLANK,
    )  # fmt: skip


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "CodeNumber": "05", "CodeNotation": "GM-HĐND", "IssuedDate": "2026-06-18", "Subject": "Họp\x0b<3> & “giải trình”",
        "TypeCode": "GM", "OrganizationCode": "K14.00.01", "SignerFullName": "Nguyễn Đình Lâm", "SignerPosition": "CHỦ TỊCH",
        "RecipientList": ["Như trên", "Lưu: VT"], "StatusCode": "issued", **changes,
    }  # fmt: skip


def valid(content: bytes, schema: Any) -> Any:
    """The root, once the schema has nothing against it."""
    root = etree.fromstring(content)
    etree.XMLSchema(etree.parse(str(schema))).assertValid(root)
    return root


def texts(root: Any, path: str, namespace: str) -> list[str]:
    return [
        found.text for found in root.findall("/".join(f"{{{namespace}}}{name}" for name in path.split("/")))
    ]


class TestData:
    def test_json(self, cast: Cast, paper: Document) -> None:
        assert json.loads(nd30.as_json(record_of(paper))) == {
            "format": "hdnd-nd30/1",
            "Fields": fields(),
            "Additional": {
                "OrganizationName": cast.world["TTHDND"].name, "TypeName": "Giấy mời",
                "Addressees": [
                    {"OrganizationCode": "K14.01", "OrganizationName": "Ủy ban nhân dân tỉnh Vĩnh Giang"},
                    {"OrganizationName": "Ban Thường trực Ủy ban MTTQ tỉnh"},
                ],
                "PageCount": 1, "FileName": "05-GM-HĐND.pdf", "FileSHA256": files.digest(BLANK),
            },
        }  # fmt: skip

    def test_xml_says_the_same(self, paper: Document) -> None:
        root = valid(nd30.as_xml(record_of(paper)), nd30.SCHEMA)
        found = {etree.QName(one).localname: one.text for one in root[0] if not len(one)}
        assert found == {
            name: value
            for name, value in fields(Subject="Họp <3> & “giải trình”").items()
            if name != "RecipientList"
        }
        assert texts(root, "Fields/RecipientList/Recipient", nd30.NAMESPACE) == ["Như trên", "Lưu: VT"]
        assert texts(root, "Additional/Addressees/Organization/OrganizationCode", nd30.NAMESPACE) == [
            "K14.01"
        ]

    def test_what_is_not_held_is_left_out(self, paper: Document) -> None:
        Organization.objects.all().update(identifier="")
        Document.objects.update(recipients=[], signer_title="")
        paper.addressees.clear()
        record = record_of(Document.objects.get())
        root = valid(nd30.as_xml(record), nd30.SCHEMA)
        absent = {"OrganizationCode", "SignerPosition", "RecipientList"}
        assert {etree.QName(one).localname for one in root[0]} == set(fields()) - absent
        assert set(json.loads(nd30.as_json(record))["Fields"]) == set(fields()) - absent

    @pytest.mark.parametrize(("kind", "mime"), [("json", "application/json"), ("xml", "application/xml")])
    def test_downloaded(self, cast: Cast, client: Client, paper: Document, kind: str, mime: str) -> None:
        client.force_login(cast.partner)
        answer = client.get(reverse("documents:document_data", args=[paper.pk, kind]))
        assert (answer["Content-Type"], answer["Content-Disposition"]) == (
            mime, f"attachment; filename*=utf-8''05-GM-H%C4%90ND.{kind}",
        )  # fmt: skip
        assert answer.content == getattr(nd30, f"as_{kind}")(record_of(paper))
        assert client.get(reverse("documents:document_data", args=[paper.pk, "csv"])).status_code == 404


class TestPackage:
    def test_what_it_holds(self, cast: Cast, paper: Document) -> None:
        content = edxml_package(actor=cast.secretary, document=paper)
        root = valid(content, edxml.SCHEMA)
        header = root.find(f"{ED}edXMLEnvelope/{ED}edXMLHeader/{ED}MessageHeader")
        assert [etree.QName(one).localname for one in header] == [
            "From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo", "ToPlaces",
            "OtherInfo", "DocumentId",
        ]  # fmt: skip
        said = {path: texts(header, path, edxml.NAMESPACE) for path in (
            "From/OrganId", "To/OrganId", "Code/CodeNumber", "Code/CodeNotation", "PromulgationInfo/Place",
            "PromulgationInfo/PromulgationDate", "DocumentType/TypeName", "SignerInfo/FullName", "ToPlaces/Place",
            "OtherInfo/PageAmount", "DocumentId",
        )}  # fmt: skip
        assert said == {
            "From/OrganId": ["K14.00.01"], "To/OrganId": ["K14.01"], "Code/CodeNumber": ["05"], "Code/CodeNotation": ["GM-HĐND"],
            "PromulgationInfo/Place": ["Vĩnh Giang"], "PromulgationInfo/PromulgationDate": ["2026/06/18"],
            "DocumentType/TypeName": ["Giấy mời"], "SignerInfo/FullName": ["Nguyễn Đình Lâm"],
            "ToPlaces/Place": ["Như trên", "Lưu: VT"], "OtherInfo/PageAmount": ["1"],
            "DocumentId": ["K14.00.01,2026/06/18,05/GM-HĐND"],
        }  # fmt: skip
        (stamp,) = root.iter(f"{ED}Timestamp")
        assert stamp.text == "2026/06/18 09:05:00"

    def test_the_file_inside_is_the_issued_one(self, cast: Cast, paper: Document) -> None:
        root = etree.fromstring(edxml_package(actor=cast.secretary, document=paper))
        (reference,), (attachment,) = root.iter(f"{ED}Reference"), root.iter(f"{ED}Attachment")
        (content,) = attachment.iter(f"{ED}ContentTransferEncoded")
        assert files.digest(base64.b64decode(content.text)) == paper.sha256
        (content_id,) = attachment.iter(f"{ED}ContentId")
        assert reference.get("{http://www.w3.org/1999/xlink}href") == f"cid:{content_id.text}"

    def test_prefixed_inside_the_envelope_only(self, cast: Cast, paper: Document) -> None:
        content = edxml_package(actor=cast.secretary, document=paper).decode()
        assert content.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<edXML xmlns=")
        assert "<edXML:MessageHeader>" in content
        assert "\n  <AttachmentEncoded>" in content

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"TTHDND": ""}, "chưa có mã định danh điện tử. Nhờ quản trị ghi"),
            ({"UBND": ""}, "Chưa cơ quan nhận nào có mã định danh điện tử"),
        ],
    )
    def test_without_identifiers_there_is_none(
        self, cast: Cast, paper: Document, changes: dict[str, str], words: str
    ) -> None:
        for code, identifier in changes.items():
            Organization.objects.filter(code=code).update(identifier=identifier)
        with refused(DomainError) as caught:
            edxml_package(actor=cast.secretary, document=Document.objects.get())
        assert words in caught.value.message

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"state": DocumentState.WITHDRAWN}, "Văn bản 05/GM-HĐND đã thu hồi nên không gửi đi nữa."),
            ({"sha256": "0" * 64}, "không còn đúng bản đã phát hành"),
            ({"file": "00/nothing.pdf"}, "không còn đúng bản đã phát hành"),
        ],
    )
    def test_only_what_holds_and_is_whole(
        self, cast: Cast, paper: Document, changes: dict[str, str], words: str
    ) -> None:
        Document.objects.update(**changes)
        with refused(DomainError) as caught:
            edxml_package(actor=cast.secretary, document=Document.objects.get())
        assert words in caught.value.message

    def test_only_the_issuers_office(self, cast: Cast, paper: Document) -> None:
        for name in set(PARTS) - {"secretary"}:
            with pytest.raises(PermissionDenied):
                edxml_package(actor=getattr(cast, name), document=paper)

    def test_the_page_takes_as_many_queries_for_many_addressees(
        self, cast: Cast, client: Client, paper: Document
    ) -> None:
        client.force_login(cast.secretary)

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("documents:number_detail", args=[paper.pk]))
            return len(captured)

        count()
        few = count()
        paper.addressees.add(*Organization.objects.exclude(parent=None))
        assert count() == few

    def test_from_the_papers_page(self, cast: Cast, client: Client, paper: Document) -> None:
        detail = reverse("documents:number_detail", args=[paper.pk])
        address = reverse("documents:document_edxml", args=[paper.pk])
        client.force_login(cast.secretary)
        page = client.get(detail).content.decode()
        assert (address in page, "không nằm trong gói edXML: Ban Thường trực Ủy ban MTTQ tỉnh." in page) == (
            True,
            True,
        )
        answer = client.get(address)
        assert answer["Content-Disposition"] == "attachment; filename*=utf-8''05-GM-H%C4%90ND.edxml"
        valid(answer.content, edxml.SCHEMA)
        Organization.objects.update(identifier="")
        answer = client.get(address, follow=True)
        assert str(next(iter(answer.context["messages"]))).endswith("rồi tạo lại gói.")
        page = answer.content.decode()
        assert (f'href="{address}"' in page, "Chưa tạo được gói edXML. " in page) == (False, True)
        client.force_login(cast.leader)
        page = client.get(detail).content.decode()
        assert (reverse("documents:document_data", args=[paper.pk, "json"]) in page, address in page) == (
            True,
            False,
        )
