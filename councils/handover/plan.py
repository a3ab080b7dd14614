"""What every plan of a hand-over has: sections to read, and a mark that tells one plan from another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from councils.handover.open_work import open_work
from councils.models import Contact, Membership, Organization, Role
from hdnd.lib.dates import short_date

SHOWN = 100


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it."""

    title: str
    lines: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The first lines; a list that nobody reads to its end is cut."""
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        """How many lines are not shown."""
        return len(self.lines) - len(self.shown)


@dataclass(frozen=True)
class Plan:
    """What a hand-over will do, before it does it."""

    day: date
    sections: tuple[Section, ...]

    @property
    def mark(self) -> str:
        """Differs when anything in the plan does: what is confirmed is what was read."""
        told = "\n".join(line for section in self.sections for line in (section.title, *section.lines))
        return sha256(f"{self.day}\n{told}".encode()).hexdigest()


def section(title: str, lines: Sequence[str]) -> tuple[Section, ...]:
    """A section, or none when it has nothing to say."""
    return (Section(title, tuple(lines)),) if lines else ()


def seat_line(seat: Membership) -> str:
    """`Nguyễn Văn A, Đại biểu, HĐND tỉnh`."""
    return f"{seat.person.full_name}, {seat.post.name}, {seat.organization.label}"


def role_line(role: Role, to: str = "") -> str:
    """`thuky (Trần Thu Hà): Thư ký, chuyên viên, HĐND tỉnh → HĐND mới`."""
    body = role.organization.label if role.organization else "toàn hệ thống"
    return f"{role.user.display_name} ({role.user.username}): {role.get_kind_display()}, {body}" + (
        f" → {to}" if to else ""
    )


def contact_line(contact: Contact, to: str = "") -> str:
    """`Văn thư <vanthu@ubnd.test>, UBND tỉnh → …`."""
    return f"{contact}, {contact.organization.label}" + (f" → {to}" if to else "")


def open_sections(
    bodies: Collection[int], day: date, receivers: Mapping[int, Organization] | None = None, note: str = ""
) -> tuple[Section, ...]:
    """What is open, and to whom it passes: the receiver of each body, or `note` for those that keep it."""
    found: tuple[Section, ...] = ()
    for label, items in open_work(bodies, day):
        lines = []
        for item in items:
            receiver = receivers.get(item.body) if receivers is not None else None
            where = f" → {receiver.label}" if receiver and not item.stays else ""
            lines.append(
                f"{item.text}{where}" + (f" ({item.stays})" if item.stays and receivers is not None else "")
            )
        found += section(f"Còn mở: {label}{note}", lines)
    return found


def until(day: date) -> str:
    """`đến hết ngày 30/06/2026`."""
    return f"đến hết ngày {short_date(day)}"
