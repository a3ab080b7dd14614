"""From a week to its paper."""

from collections.abc import Iterable
from datetime import date

from councils.choices import OrganizationKind
from councils.models import Membership, Organization
from documents.heading import full_name, letterhead, recipients, signatory
from documents.models import Issuer
from documents.paper.model import Paper, SignatureBlock, Signer
from documents.paper.work_week import WeekRow, WorkWeekPaper, work_week
from hdnd.lib.text import fold
from workbench.models import WorkWeek
from workbench.queries.weeks import days_off_of

RECIPIENTS = ("Các thành viên", "Các cơ quan, đơn vị liên quan")


def week_paper(
    week: WorkWeek, issuer: Issuer, rows: Iterable[WeekRow], *, day: date | None, signed_on: date, update: int
) -> Paper:
    """The calendar as it would print.

    Args:
        day: of issue; None for the preview.
        signed_on: whoever leads on this day signs.
        update: how often it was published before.

    Raises:
        DomainError: nobody leads the body that day.
    """
    return work_week(
        WorkWeekPaper(
            letterhead=letterhead(issuer),
            body=full_name(week.organization),
            place=issuer.place,
            issued_on=day,
            monday=week.monday,
            rows=tuple(rows),
            signature=signature(issuer, week.organization, signed_on),
            recipients=recipients(issuer, RECIPIENTS),
            days_off=days_off_of(week),
            note=week.note,
            update=update,
        )
    )


def signature(issuer: Issuer, organization: Organization, day: date) -> SignatureBlock:
    """The head of the body's office by order (TL., NĐ 30/2020, Điều 13), else whoever signs for the body.

    Raises:
        DomainError: nobody leads the body on that day.
    """
    head = office_head(organization, day)
    if head is None:
        return signatory(issuer, organization, day).block
    by_order = issuer.signs_for.removeprefix("TM. ") or "CHỦ TỊCH"
    return SignatureBlock((Signer(head.post.name, head.person.full_name, (f"TL. {by_order}",)),))


def office_head(organization: Organization, day: date) -> Membership | None:
    """Who heads the office that works for the body: its own or its council's, else the area's of that name."""
    heads = Membership.objects.on(day).filter(
        organization__kind=OrganizationKind.OFFICE, organization__area=organization.area, post__is_head=True
    )
    parents = {organization.pk, organization.family_root_id}
    kind = fold(organization.abbreviation)
    for seat in heads.select_related("organization", "person", "post").order_by("organization__code"):
        office = seat.organization
        if office.parent_id in parents or (
            office.parent_id is None and kind and kind in office.search.split()
        ):
            return seat  # type: ignore[no-any-return]
    return None
