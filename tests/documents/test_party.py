"""Bodies of the Party and the Front issue papers in their own form, from the demo's letterheads to the register."""

import pytest
from django.core.exceptions import ValidationError

from councils.choices import OrganizationKind
from documents import heading
from documents.demo import load_issuers
from documents.models import Issuer
from documents.paper.model import Form
from documents.services import take_number
from hdnd.lib import clock
from tests import factories as make
from tests.cast import World


@pytest.fixture
def issuers(world: World) -> dict[str, Issuer]:
    for code, name, area in (
        ("TU", "Ban Thường vụ Tỉnh ủy", "T"),
        ("X01-DU", "Ban Thường vụ Đảng ủy phường Tân Hòa", "X01"),
    ):
        make.organization(code, name=name, kind=OrganizationKind.PARTY_COMMITTEE, area=world.areas[area])
    load_issuers()
    return {
        issuer.organization.code: issuer for issuer in Issuer.objects.select_related("organization__area")
    }


def test_the_demos_letterheads(issuers: dict[str, Issuer]) -> None:
    province, ward, front = issuers["TU"], issuers["X01-DU"], issuers["MTTQ"]
    assert (province.name_lines, province.superior_lines) == ("TỈNH ỦY VĨNH GIANG", "")
    assert (ward.name_lines, ward.superior_lines) == ("ĐẢNG ỦY\nPHƯỜNG TÂN HÒA", "TỈNH ỦY VĨNH GIANG")
    assert [heading.letterhead(one).form for one in (province, ward, front)] == [
        Form.PARTY,
        Form.PARTY,
        Form.FRONT,
    ]
    assert heading.letterhead(issuers["TTHDND"]).form is Form.ND30
    for issuer in issuers.values():
        issuer.full_clean()


def test_numbers_symbols_and_recipients(issuers: dict[str, Issuer]) -> None:
    province, front = issuers["TU"], issuers["MTTQ"]
    assert take_number(issuer=province, doc_type="NQ").symbol == "01-NQ/TU"
    assert take_number(issuer=province, doc_type="CV").symbol == "01-CV/TU"
    assert take_number(issuer=front, doc_type="KH").symbol == "01/KH-MTTQ-BTT"
    assert [heading.suffix(symbol) for symbol in ("01-NQ/TU", "31/GM-HĐND", "45/HĐND-VP")] == [
        "NQ/TU",
        "GM-HĐND",
        "HĐND-VP",
    ]
    assert heading.draft_suffix(province, "NQ", clock.today()) == "NQ/TU"
    assert heading.draft_suffix(issuers["TTHDND"], "CV", clock.today()) == "HĐND"
    assert heading.recipients(province, ["Như trên"]).archive == "Văn phòng Tỉnh ủy"


def test_a_deputy_signs_for_the_secretary_in_the_partys_way(issuers: dict[str, Issuer]) -> None:
    body = issuers["TU"].organization
    for name, head in (("Bí thư", True), ("Phó Bí thư", False)):
        make.post(OrganizationKind.PARTY_COMMITTEE, name, rank=1 if head else 2, is_leader=True, is_head=head)
    deputy = make.person("Đinh Thị Kim Oanh")
    make.membership(make.person("Lương Quang Hưng"), body, "Bí thư")
    make.membership(deputy, body, "Phó Bí thư")
    signer = heading.signatory(issuers["TU"], body, clock.today(), deputy.pk)
    assert (signer.authority, signer.title) == (("T/M BAN THƯỜNG VỤ", "K/T BÍ THƯ"), "PHÓ BÍ THƯ")
    assert signer.full_title == "K/T BÍ THƯ PHÓ BÍ THƯ"


def test_a_symbol_of_the_decree_is_refused_to_the_party(issuers: dict[str, Issuer]) -> None:
    issuer = issuers["TU"]
    issuer.symbol_template = "{number}/{type}-{body}"
    with pytest.raises(ValidationError) as refused:
        issuer.full_clean()
    assert "{number}-{type}/{body}" in refused.value.message_dict["symbol_template"][0]
