"""Plays the main job through the services under the sample's own dates: from plan to locked minutes."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from coordination.models import Duty
from councils.choices import RoleKind
from councils.models import Area, Membership, Organization, Person, User
from councils.services import grant_role
from documents.choices import DocumentType
from documents.models import Document, Series
from documents.services import issuer_of
from hdnd.lib import clock, files
from hdnd.lib.background import silenced
from hdnd.outbox.backends import EmlBackend
from hdnd.outbox.models import Message
from hdnd.outbox.services import deliver, due_ids
from meetings import papers
from meetings.choices import Presence
from meetings.models import Invitation, Meeting
from meetings.queries.record import live_quorum, vote_results
from meetings.services import answering, concluding, holding, inviting, planning, recording
from meetings.services.links import invitation_of, token_for

DATA = Path(__file__).with_name("demo_data")
STORIES = {
    date(2026, 6, 26): "walkthrough-2026-06-26.json",
    date(2021, 10, 29): "walkthrough-2021-10-29.json",
}


@dataclass
class Report:
    """What happened, in the words of the sample's `expected`."""

    invited: list[dict[str, Any]] = field(default_factory=list)
    quorum: dict[str, Any] = field(default_factory=dict)
    votes: list[dict[str, Any]] = field(default_factory=list)
    duties: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    symbol: str = ""
    failures: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The parts that the command prints with `--json`."""
        return {key: getattr(self, key) for key in ("invited", "quorum", "votes", "duties", "files")}


def play(day: date, out: Path) -> Report:
    """Plays the story of one day and leaves its papers, mails and calendar files in `out`.

    Needs the demo's bodies, accounts, regulations and letterheads in the database.

    Raises:
        KeyError: no story for the day.
    """
    story = json.loads((DATA / STORIES[day]).read_text(encoding="utf-8"))
    report = Report()
    player = _Player(story, out, report)
    with silenced():
        meeting = player.meeting()
        liaison = player.liaison()
    last = clock.at_time(liaison.day + timedelta(days=1))
    with clock.at(last):
        player.report(meeting, liaison)
    report.failures = differences(report, story)
    return report


class _Player:
    """The actors and the stage of one story."""

    def __init__(self, story: dict[str, Any], out: Path, report: Report) -> None:
        self.story, self.out, self.result = story, out, report
        self.secretary = User.objects.get(username="thuky")
        for folder in ("nd30", "other", "mail", "ics"):
            (out / folder).mkdir(parents=True, exist_ok=True)

    def meeting(self) -> Meeting:
        """Plan, issue, answer, hold, record, conclude."""
        told = self.story["meeting"]
        host = _body(told["host"])
        with clock.at(_moment(told["planned_on"], "09:00")):
            Series.objects.update_or_create(
                issuer=issuer_of(host), doc_type=DocumentType.INVITATION, year=clock.today().year,
                defaults={"last_number": self.story["gm_last_number"]},
            )  # fmt: skip
            meeting = planning.create_meeting(actor=self.secretary, host=host, plan=_plan(told))
            for code in told["by_hand"]:
                planning.invite_by_hand(actor=self.secretary, meeting=meeting, organization=_body(code))
        self._issue(meeting, told)
        self._answers(meeting, told)
        self._hold(meeting, told)
        self._record(meeting, told)
        return Meeting.objects.get(pk=meeting.pk)

    def liaison(self) -> Meeting:
        """The liaison conference: planned and invited."""
        told = self.story["liaison"]
        agenda = [
            {"title": "Trao đổi kinh nghiệm hoạt động của HĐND các cấp", "kind": "discussion", "minutes": 150}
        ]
        with clock.at(_moment(told["planned_on"], "09:00")):
            plan = _plan({**told, "agenda": agenda, "chair": self.story["meeting"]["chair"]})
            meeting = planning.create_meeting(actor=self.secretary, host=_body(told["host"]), plan=plan)
        self._issue(meeting, told)
        return Meeting.objects.get(pk=meeting.pk)

    def _issue(self, meeting: Meeting, told: dict[str, Any]) -> None:
        with clock.at(_moment(told["issued_on"], "14:00")):
            issued = inviting.issue_invitations(actor=self.secretary, meeting=meeting)
            self._save("nd30", f"{_file_name(issued.document)}.pdf", files.read(issued.document.file))
            self._deliver(told["code"])
        if told is self.story["meeting"]:
            self.result.symbol = issued.document.symbol

    def _deliver(self, code: str) -> None:
        """Sends the mails to files, and each calendar file beside them; by a loop, as the sweep does."""
        backend = EmlBackend(self.out / "mail")
        for message_id in due_ids():
            deliver(message_id=message_id, connection=backend)
            message = Message.objects.get(pk=message_id)
            for item in message.attachments:
                if item["type"].startswith("text/calendar"):
                    self._save("ics", f"{code}-{message.to.partition('@')[0]}.ics", files.read(item["file"]))

    def _answers(self, meeting: Meeting, told: dict[str, Any]) -> None:
        for given in told["answers"]:
            if given["answer"]:
                self._answer(meeting.invitations.get(organization__code=given["body"]), given)

    def _answer(self, invitation: Invitation, given: dict[str, Any]) -> None:
        person = Person.objects.filter(code=given["person"]).first() if given["person"] else None
        name, _, title = given.get("substitute", "").partition(", ")
        if person:
            seats = Membership.objects.on(date.fromisoformat(given["on"])).filter(
                person=person, organization=invitation.organization
            )
            seat = seats.select_related("post").first()
            name, title = person.full_name, seat.post.name if seat else ""
        data = answering.AnswerInput(
            answer=given["answer"],
            name=name,
            title=title,
            reason=given.get("declined_because", ""),
            person=person,
        )
        with clock.at(_moment(given["on"], "10:00")):
            account = User.objects.filter(
                roles__organization=invitation.organization, roles__kind=RoleKind.LIAISON
            ).first()
            if account:
                answering.answer_in_app(actor=account, invitation=invitation, data=data)
            else:
                linked = invitation_of(token_for(Invitation.objects.get(pk=invitation.pk)))
                assert linked is not None
                answering.answer_by_link(invitation=linked, data=data)

    def _hold(self, meeting: Meeting, told: dict[str, Any]) -> None:
        with clock.at(_moment(told["start"][:10], "07:15")):
            self._save("other", "danh-sach-ky-ten.pdf", papers.signin_pdf(meeting, issuer_of(meeting.host)))
            seen = told["attendance"]
            excused = {row["person"]: row["reason"] for row in seen["excused"]}
            for code in [*seen["present"], *excused]:
                seat = Membership.objects.on(meeting.day).get(person__code=code, organization=meeting.host)
                presence = Presence.EXCUSED if code in excused else Presence.PRESENT
                holding.mark_member(
                    actor=self.secretary,
                    meeting=meeting,
                    membership=seat,
                    presence=presence,
                    reason=excused.get(code, ""),
                )
            for code in seen["guests_present"]:
                invitation = meeting.invitations.get(organization__code=code)
                holding.mark_guest(
                    actor=self.secretary, meeting=meeting, invitation=invitation, presence=Presence.PRESENT
                )
        with clock.at(_moment(told["start"][:10], told["opened_at"])):
            holding.open_meeting(actor=self.secretary, meeting=meeting)
        with clock.at(_moment(told["start"][:10], told["closed_at"]) - timedelta(minutes=20)):
            for row in told["votes"]:
                tally = holding.Tally(row["for"], row["against"], row["other"], row["not_voting"])
                item = meeting.agenda.get(position=row["item"])
                holding.record_vote(actor=self.secretary, meeting=meeting, item=item, tally=tally)
        with clock.at(_moment(told["start"][:10], told["closed_at"])):
            holding.close_meeting(actor=self.secretary, meeting=meeting)

    def _record(self, meeting: Meeting, told: dict[str, Any]) -> None:
        meeting = Meeting.objects.get(pk=meeting.pk)
        with clock.at(_moment(told["notice_on"], "08:00")):
            for row in told["conclusions"]:
                data = concluding.ConclusionInput(
                    assignee=_body(row["assignee"]), text=row["task"], due_on=date.fromisoformat(row["due"]),
                    report_to=meeting.host,
                )  # fmt: skip
                concluding.add_conclusion(actor=self.secretary, meeting=meeting, data=data)
            minutes = recording.start_minutes(actor=self.secretary, meeting=meeting)
            for entry in minutes.entries.select_related("item"):
                text = f"{entry.item.presenter} trình bày. Các thành viên thảo luận và thống nhất với nội dung được nêu."
                recording.save_entry(actor=self.secretary, entry=entry, text=text, version=entry.version)
        with clock.at(_moment(told["notice_on"], "15:00")):
            minutes = recording.approve(actor=_chair_account(meeting), minutes=minutes)
            assert minutes.document is not None
            self._save("nd30", f"{_file_name(minutes.document)}.pdf", files.read(minutes.document.file))
            notice = concluding.issue_notice(actor=self.secretary, meeting=meeting)
            self._save("nd30", f"{_file_name(notice)}.pdf", files.read(notice.file))
            self._deliver(f"{told['code']}-tb")

    def _save(self, folder: str, name: str, content: bytes) -> None:
        (self.out / folder / name).write_bytes(content)

    def report(self, meeting: Meeting, liaison: Meeting) -> None:
        """Collects the result as of the clock's day."""
        for held in (meeting, liaison):
            rows = held.invitations.in_protocol_order()
            self.result.invited += [
                {
                    "occasion": held.code,
                    "organization": row.organization.code,
                    "clauses": row.clauses,
                    "answer": row.answer or None,
                }
                for row in rows
            ]
            self.result.duties += [
                {
                    "occasion": held.code,
                    "clause": duty.clause.code,
                    "debtor": duty.debtor.code if duty.debtor else None,
                    "creditor": duty.creditor.code if duty.creditor else None,
                    "due_on": duty.due_on.isoformat(),
                    "state": str(duty.state_on(clock.today())),
                }
                for duty in Duty.objects.of(held)
                .select_related("clause", "debtor", "creditor")
                .order_by("pk")
            ]
        quorum = live_quorum(meeting)
        self.result.quorum = {**vars(quorum), "met": quorum.met}
        self.result.votes = [
            {
                "item": event.item.position,
                "for": result.in_favour,
                "against": result.against,
                "other": result.other,
                "not_voting": result.not_voting,
                "required": result.required,
                "passed": result.passed,
            }
            for event, result in vote_results(meeting)
        ]
        self.result.files = sorted(
            str(path.relative_to(self.out)) for path in self.out.rglob("*") if path.is_file()
        )


def differences(report: Report, story: dict[str, Any]) -> list[str]:
    """What does not equal the sample's expectation, in Vietnamese; empty when all held."""
    expected, found = story["expected"], []
    code, liaison = story["meeting"]["code"], story["liaison"]["code"]
    invited = {(row["occasion"], row["organization"]): row["clauses"] for row in report.invited}
    wanted = {(code, row["organization"]): row["clauses"] for row in expected["invited"]}
    wanted |= {(liaison, body): [expected["liaison"]["clause"]] for body in expected["liaison"]["invited"]}
    answers = {row["body"]: row["answer"] for row in story["meeting"]["answers"]}
    given = {row["organization"]: row["answer"] for row in report.invited if row["occasion"] == code}
    duties = [
        {k: v for k, v in row.items() if k != "occasion"} for row in report.duties if row["occasion"] == code
    ]
    checks = (
        ("thành phần mời", wanted, invited),
        ("trả lời", answers, given),
        ("điều kiện họp", expected["quorum"], report.quorum),
        ("biểu quyết", expected["votes"], report.votes),
        ("nghĩa vụ", _sorted(expected["duties"]), _sorted(duties)),
    )
    for what, want, got in checks:
        if want != got:
            found.append(f"{what}: chờ {want}, được {got}")
    if expected["invitation_symbol"] not in (None, report.symbol):
        found.append(f"số giấy mời: chờ {expected['invitation_symbol']}, được {report.symbol}")
    return found


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["clause"], str(row["creditor"])))


def _plan(told: dict[str, Any]) -> planning.PlanInput:
    return planning.PlanInput(
        kind=told["kind"],
        title=told["title"],
        starts_at=datetime.fromisoformat(told["start"]),
        place=told["place"],
        chair=Person.objects.get(code=told["chair"]),
        secretary_name=told.get("secretary", ""),
        code=told["code"],
        agenda=tuple(_item(row) for row in told["agenda"]),
    )


def _item(row: dict[str, Any]) -> planning.ItemInput:
    return planning.ItemInput(
        title=row["title"],
        kind=row["kind"],
        presenter=row.get("presenter", ""),
        minutes=row.get("minutes"),
        areas=tuple(Area.objects.filter(code__in=row.get("areas", []))),
        organizations=tuple(Organization.objects.filter(code__in=row.get("organizations", []))),
    )


def _chair_account(meeting: Meeting) -> User:
    """The chair's account; a chair of the past gets one for the story."""
    found = User.objects.filter(person=meeting.chair).first()
    if found:
        return found
    assert meeting.chair is not None
    account = User.objects.create_user(f"chutoa-{meeting.chair.code}".lower(), person=meeting.chair)
    grant_role(actor=None, user=account, kind=RoleKind.LEADER, organization=meeting.host)
    return account


def _body(code: str) -> Organization:
    return Organization.objects.select_related("area").get(code=code)


def _moment(day: str, at: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), clock.VIETNAM)


def _file_name(document: Document) -> str:
    return f"{document.year}-{document.symbol.replace('/', '-')}"
