"""Rows of meetings and documents: TTHDND plans, invites UBND, holds and records."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.choices import DocumentType
from documents.models import Document
from documents.services import issue
from hdnd.lib import clock, files
from meetings.choices import MeetingState
from meetings.models import AgendaPaper, Conclusion, Meeting, VoteEvent
from meetings.services.links import token_for
from meetings.services.recording import start_minutes
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.permissions.row import NOT_ALLOWED, Row, everyone, open_to_all

SOON, PAST = timedelta(days=20), timedelta(days=1)
# Another council's and an unconcerned body's people never learn of it; a plan is the office's own.
PLAN = {"leader": 403, "delegate": 404, "partner": 404}
# Once issued, the host's delegates and the invited body see the meeting, but may not touch it.
HELD = {"leader": 403, "delegate": 403, "partner": 403}
RECORD = {"leader": 403, "delegate": 403, "partner": 404}


def planned(cast: Cast) -> Meeting:
    """A plan with two items and UBND on its list."""
    make.issuer(cast.world["TTHDND"])
    made = make.meeting(cast.world, state=MeetingState.PLANNED, starts_at=clock.now() + SOON)
    make.invitation(made, cast.world["UBND"], issued_at=None)
    return made


def invited(cast: Cast) -> Meeting:
    """The invitation is out."""
    make.issuer(cast.world["TTHDND"])
    made = make.meeting(cast.world, starts_at=clock.now() + SOON)
    make.invitation(made, cast.world["UBND"])
    return made


def held(cast: Cast) -> Meeting:
    """Running since yesterday, five of seven there, UBND invited."""
    make.issuer(cast.world["TTHDND"])
    start = clock.now() - PAST
    made = make.held(cast.world, starts_at=start, opened_at=start)
    make.invitation(made, cast.world["UBND"])
    return made


def minuted(cast: Cast) -> Meeting:
    """Ended, with draft minutes."""
    make.issuer(cast.world["TTHDND"])
    start = clock.now() - PAST
    made = make.closed(cast.world, starts_at=start, opened_at=start, closed_at=start + timedelta(hours=2))
    make.invitation(made, cast.world["UBND"])
    start_minutes(actor=cast.secretary, meeting=made)
    return made


def concluded(cast: Cast) -> Conclusion:
    """A task for UBND, not announced yet."""
    return Conclusion.objects.create(
        meeting=minuted(cast), assignee=cast.world["UBND"], text="Báo cáo", position=1
    )


def announced(cast: Cast) -> Conclusion:
    """The same, announced to UBND."""
    task = concluded(cast)
    task.notice = paper(cast, "TB", task.meeting)
    task.save()
    return task


def paper(cast: Cast, doc_type: str = DocumentType.NOTICE, about: Meeting | None = None) -> Document:
    """A paper of TTHDND to UBND."""
    if about is None:
        make.issuer(cast.world["TTHDND"])
    return issue(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type=doc_type, subject="Thử", signer_name="Lâm",
        signer_title="CHỦ TỊCH", recipients=["UBND"], addressees=[cast.world["UBND"]], about=about,
        render=lambda issuer, taken: BLANK,
    )  # fmt: skip


def voted(cast: Cast) -> VoteEvent:
    """A tally of the running meeting."""
    meeting = held(cast)
    return VoteEvent.objects.create(
        meeting=meeting, item=meeting.agenda.first(), motion="Thông qua", in_favour=6, members=7, present=6
    )


def attached(cast: Cast) -> AgendaPaper:
    """A paper of an issued meeting."""
    item = invited(cast).agenda.first()
    return AgendaPaper.objects.create(
        item=item, title="Tờ trình", file=files.store(BLANK, ".pdf"), file_name="a.pdf", size=len(BLANK)
    )


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


def item(cast: Cast, made: Meeting) -> dict[str, Any]:
    return {"pk": made.agenda.first().pk}  # type: ignore[union-attr]


def guest(cast: Cast, made: Meeting) -> dict[str, Any]:
    return {"pk": made.invitations.get().pk}


def plan_data(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "host": cast.world["TTHDND"].pk, "kind": "standing_meeting", "title": "Phiên họp", "place": "Phòng 2",
        "starts_at": f"{clock.now() + SOON:%Y-%m-%dT%H:%M}", "format": "in_person", "version": 1,
    }  # fmt: skip


def item_data(cast: Cast, made: Meeting) -> dict[str, Any]:
    return {"nd-title": "Nội dung mới", "nd-kind": "report"}


def vote_data(cast: Cast, made: Meeting) -> dict[str, Any]:
    first = made.agenda.first()
    assert first is not None
    return {"item": first.pk, "rule": "majority", "in_favour": 6, "against": 0, "other": 0, "not_voting": 0}


def conclusion_data(cast: Cast, made: Any) -> dict[str, Any]:
    return {"assignee": cast.world["UBND"].pk, "text": "Báo cáo kết quả"}


def change(cast: Cast, made: Meeting) -> dict[str, Any]:
    row = made.agenda.first()
    assert row is not None
    return {f"nd{row.pk}-title": "Sửa", f"nd{row.pk}-kind": "report"}


ROWS = (
    # ---- overview
    Row("meetings:meeting_list", everyone(200), NOT_ALLOWED),
    Row("meetings:meeting_detail", everyone(200, agency=404, outsider=404, admin=404), NOT_ALLOWED, args=pk, setup=invited),
    *(
        Row(name, everyone(404, secretary=200, leader=200, delegate=403, partner=403), NOT_ALLOWED, args=pk, setup=invited)
        for name in ("meetings:meeting_people", "meetings:meeting_duties", "meetings:meeting_history")
    ),
    # ---- planning
    Row("meetings:meeting_create", everyone(403, secretary=200, partner=200, outsider=200), everyone(403, secretary=302, partner=422, outsider=422), data=plan_data),
    Row("meetings:meeting_plan", everyone(404, secretary=200, **PLAN), everyone(404, secretary=302, **PLAN), args=pk, data=plan_data, setup=planned),
    Row("meetings:item_add", NOT_ALLOWED, everyone(404, secretary=302, **PLAN), args=pk, data=item_data, setup=planned),
    Row("meetings:item_edit", everyone(404, secretary=200, **PLAN), everyone(404, secretary=302, **PLAN), args=item, data=change, setup=planned),
    Row("meetings:item_remove", NOT_ALLOWED, everyone(404, secretary=302, **PLAN), args=item, setup=planned),
    Row("meetings:item_order", NOT_ALLOWED, everyone(404, secretary=302, **PLAN), args=pk, setup=planned, data=lambda cast, made: {"item": made.agenda.first().pk, "step": "1"}),
    Row(
        "meetings:paper_add", everyone(404, secretary=200, **PLAN), everyone(404, secretary=302, **PLAN), args=item, setup=planned,
        data=lambda cast, made: {"title": "Tờ trình", "file": SimpleUploadedFile("a.pdf", BLANK)},
    ),
    Row("meetings:paper_file", everyone(200, agency=404, outsider=404, admin=404), NOT_ALLOWED, args=pk, setup=attached),
    Row("meetings:paper_readers", everyone(404, secretary=200, leader=200, delegate=403, partner=403), NOT_ALLOWED, args=pk, setup=attached),
    Row(
        "meetings:paper_by_link", open_to_all(200), open_to_all(405), setup=attached,
        args=lambda cast, made: {"token": token_for(made.item.meeting.invitations.get()), "pk": made.pk},
    ),
    Row("meetings:invitee_add", NOT_ALLOWED, everyone(404, secretary=302, **PLAN), args=pk, setup=planned, data=lambda cast, made: {"organization": cast.world["SXD"].pk}),
    # Whoever does not prepare the plan has no list to strike from: not even the leader.
    Row("meetings:invitee_leave_out", everyone(404, secretary=200), everyone(404, secretary=302), args=guest, setup=planned, data=lambda cast, made: {"reason": "Đã trao đổi trực tiếp"}),
    Row("meetings:invitee_restore", NOT_ALLOWED, everyone(404, secretary=302), args=guest, setup=planned),
    Row("meetings:invitation_preview", everyone(404, secretary=200, **PLAN), NOT_ALLOWED, args=pk, setup=planned),
    Row("meetings:invitation_issue", everyone(404, secretary=200, **PLAN), everyone(404, secretary=302, **PLAN), args=pk, setup=planned),
    # ---- answering
    Row(
        "meetings:answer_link", open_to_all(200), open_to_all(302), setup=invited,
        args=lambda cast, made: {"token": token_for(made.invitations.get())}, data=lambda cast, made: {"answer": "accepted"},
    ),
    Row("meetings:invitation_list", everyone(200), NOT_ALLOWED),
    Row(
        "meetings:invitation_answer", everyone(404, secretary=403, leader=403, partner=200),
        everyone(404, secretary=403, leader=403, partner=302), args=guest, setup=invited, data=lambda cast, made: {"answer": "accepted"},
    ),
    Row(
        "meetings:answer_record", everyone(404, secretary=200, leader=403, partner=403),
        everyone(404, secretary=302, leader=403, partner=403), args=guest, setup=invited,
        data=lambda cast, made: {"answer": "accepted", "channel": "phone", "answered_by": "Văn thư", "given_at": f"{clock.now():%Y-%m-%dT%H:%M}"},
    ),
    # The leader is P01 and answers for himself.
    Row(
        "meetings:member_reply", everyone(404, secretary=200, leader=200, delegate=403, partner=403),
        everyone(404, secretary=302, leader=302, delegate=403, partner=403), setup=invited,
        args=lambda cast, made: {"pk": made.pk, "seat": make.seat(cast.world, "P01").pk}, data=lambda cast, made: {"comes": "co", "channel": "phone"},
    ),
    Row("meetings:seats", everyone(404, secretary=200, **HELD), NOT_ALLOWED, args=pk, setup=invited),
    # ---- holding
    Row("meetings:attendance", everyone(404, secretary=200, **HELD), NOT_ALLOWED, args=pk, setup=held),
    Row("meetings:mark_member", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=pk, setup=held, data=lambda cast, made: {"member": make.seat(cast.world, "P07").pk, "presence": "present"}),
    Row("meetings:mark_guest", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=pk, setup=held, data=lambda cast, made: {"invitation": made.invitations.get().pk, "presence": "present"}),
    # It has been opened already: the secretary is told so.
    Row("meetings:meeting_open", NOT_ALLOWED, everyone(404, secretary=422, **HELD), args=pk, setup=held),
    Row("meetings:meeting_close", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=pk, setup=held),
    Row("meetings:vote_add", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=pk, setup=held, data=vote_data),
    Row("meetings:vote_remove", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=lambda cast, made: {"pk": made.meeting_id}, setup=voted, data=lambda cast, made: {"vote": made.pk, "reason": "Ghi nhầm"}),
    Row("meetings:signin_sheet", everyone(404, secretary=200, **HELD), NOT_ALLOWED, args=pk, setup=held),
    # ---- recording
    Row("meetings:minutes", everyone(404, secretary=200, leader=200, delegate=200), everyone(404, secretary=302, **RECORD), args=pk, setup=minuted),
    Row(
        "meetings:entry_save", NOT_ALLOWED, everyone(404, secretary=302, leader=403), setup=minuted,
        args=lambda cast, made: {"pk": made.minutes_versions.get().entries.first().pk}, data=lambda cast, made: {"text": "Nghe báo cáo", "version": 1},
    ),
    Row("meetings:minutes_secretary", NOT_ALLOWED, everyone(404, secretary=302, **RECORD), args=pk, setup=minuted, data=lambda cast, made: {"secretary_name": "Trần Thu Hà"}),
    Row("meetings:minutes_preview", everyone(404, secretary=200, leader=200, delegate=403), NOT_ALLOWED, args=pk, setup=minuted),
    Row("meetings:minutes_circulate", NOT_ALLOWED, everyone(404, secretary=302, **RECORD), args=pk, setup=minuted, data=lambda cast, made: {"comment_until": f"{clock.today() + SOON:%Y-%m-%d}"}),
    # Not circulated: nobody comments.
    Row("meetings:minutes_comment", NOT_ALLOWED, everyone(404, secretary=403, leader=403, delegate=403), args=pk, setup=minuted, data=lambda cast, made: {"text": "Góp ý"}),
    Row("meetings:minutes_approve", NOT_ALLOWED, everyone(404, secretary=403, leader=302, delegate=403), args=pk, setup=minuted),
    # Not locked: nothing to correct, said to the one who may.
    Row("meetings:minutes_correct", NOT_ALLOWED, everyone(404, secretary=422, leader=403, delegate=403), args=pk, setup=minuted, data=lambda cast, made: {"reason": "Sai tên người trình bày"}),
    Row("meetings:conclusion_add", NOT_ALLOWED, everyone(404, secretary=302, leader=403, delegate=403), args=pk, setup=minuted, data=conclusion_data),
    Row("meetings:conclusion_edit", everyone(404, secretary=200, leader=200), everyone(404, secretary=302, leader=403), args=pk, setup=concluded, data=conclusion_data),
    Row("meetings:conclusion_remove", NOT_ALLOWED, everyone(404, secretary=302, leader=403), args=pk, setup=concluded),
    Row("meetings:notice_preview", everyone(404, secretary=200, leader=403, delegate=403), NOT_ALLOWED, args=lambda cast, made: {"pk": made.meeting_id}, setup=concluded),
    Row("meetings:notice_issue", NOT_ALLOWED, everyone(404, secretary=302, leader=403, delegate=403), args=lambda cast, made: {"pk": made.meeting_id}, setup=concluded),
    Row("meetings:task_list", everyone(200), NOT_ALLOWED),
    Row(
        "meetings:task_complete", everyone(404, secretary=200, leader=403, delegate=403, partner=200),
        everyone(404, secretary=302, leader=403, delegate=403, partner=302), args=pk, setup=announced, data=lambda cast, made: {"note": "Đã xong"},
    ),
)  # fmt: skip
