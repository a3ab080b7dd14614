"""States and kinds of meetings; allowed transitions."""

from django.db.models import TextChoices

from coordination.choices import Mode


class MeetingState(TextChoices):
    PLANNED = "planned", "Chuẩn bị"
    INVITED = "invited", "Đã mời"
    HELD = "held", "Đang họp"
    MINUTED = "minuted", "Biên bản"
    APPROVED = "approved", "Đã duyệt"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Đã hủy"
    DROPPED = "dropped", "Đã bỏ"


# The life of a meeting as the stepper shows it.
LIFE = (
    MeetingState.PLANNED,
    MeetingState.INVITED,
    MeetingState.HELD,
    MeetingState.MINUTED,
    MeetingState.APPROVED,
)

TRANSITIONS: dict[str, frozenset[str]] = {
    MeetingState.PLANNED: frozenset({MeetingState.INVITED, MeetingState.HELD, MeetingState.DROPPED}),
    MeetingState.INVITED: frozenset({MeetingState.HELD, MeetingState.POSTPONED, MeetingState.CANCELLED}),
    # Invited, but without a day until a change names one.
    MeetingState.POSTPONED: frozenset({MeetingState.INVITED, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset({MeetingState.MINUTED}),
    MeetingState.MINUTED: frozenset({MeetingState.APPROVED}),
    MeetingState.APPROVED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
    MeetingState.DROPPED: frozenset(),
}

CALLED_OFF = frozenset({MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.DROPPED})
"""States in which nobody is expected and no room is taken."""


class ChangeKind(TextChoices):
    """What a change of an issued invitation does; the label is how its notice begins."""

    MOVED = "moved", "Thay đổi thời gian, địa điểm"
    AGENDA = "agenda", "Điều chỉnh chương trình"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Hủy"


NOTICE_MODES = frozenset({Mode.INVITE, Mode.INFORM, Mode.COOPERATE})
"""What one side does by sending an invitation or a notice of the event."""


class Answer(TextChoices):
    ACCEPTED = "accepted", "Dự"
    DECLINED = "declined", "Không dự"
    SUBSTITUTED = "substituted", "Cử người dự thay"


class AnswerChannel(TextChoices):
    LINK = "link", "qua thư mời"
    APP = "app", "trong hệ thống"
    PHONE = "phone", "qua điện thoại"
    ZALO = "zalo", "qua Zalo"
    PAPER = "paper", "bằng văn bản"
    EMAIL = "email", "qua thư điện tử"
    IN_PERSON = "in_person", "trực tiếp"
    # Written down by the secretary without saying how it was told.
    SECRETARY = "secretary", "thư ký ghi"


# How an answer can reach the secretary who writes it down.
TOLD_CHANNELS = (
    AnswerChannel.PHONE,
    AnswerChannel.ZALO,
    AnswerChannel.PAPER,
    AnswerChannel.EMAIL,
    AnswerChannel.IN_PERSON,
    AnswerChannel.SECRETARY,
)


class Basis(TextChoices):
    """Why a body is invited."""

    CLAUSE = "clause", "theo quy chế"
    AGENDA = "agenda", "do chương trình"
    HAND = "hand", "thư ký mời thêm"


class Presence(TextChoices):
    PRESENT = "present", "có mặt"
    EXCUSED = "excused", "vắng có lý do"
    ABSENT = "absent", "vắng không lý do"


class VoteRule(TextChoices):
    MAJORITY = "majority", "quá nửa tổng số"
    TWO_THIRDS = "two_thirds", "ít nhất hai phần ba tổng số"


class MinutesState(TextChoices):
    DRAFT = "draft", "đang soạn"
    CIRCULATED = "circulated", "đang lấy ý kiến"
    LOCKED = "locked", "đã duyệt và khóa"


class ReminderKind(TextChoices):
    """What somebody is reminded of, in the order in which a mail lists it."""

    UNANSWERED = "unanswered", "giấy mời chưa trả lời"
    PAPERS = "papers", "tài liệu còn thiếu"
    TASK = "task", "nhiệm vụ theo kết luận"


class MeetingFormat(TextChoices):
    IN_PERSON = "in_person", "trực tiếp"
    ONLINE = "online", "trực tuyến"
    HYBRID = "hybrid", "trực tiếp kết hợp trực tuyến"


class Rhythm(TextChoices):
    """How often a recurring meeting takes place; on which day follows from the series' first day."""

    WEEKLY = "weekly", "Hằng tuần, cùng thứ với ngày đầu"
    MONTHLY_DAY = "monthly_day", "Hằng tháng, cùng ngày với ngày đầu"
    MONTHLY_LAST_DAY = "monthly_last_day", "Hằng tháng, ngày cuối tháng"
    MONTHLY_WEEKDAY = "monthly_weekday", "Hằng tháng, cùng thứ của cùng tuần với ngày đầu"
    MONTHLY_LAST_WEEKDAY = "monthly_last_weekday", "Hằng tháng, thứ đó lần cuối trong tháng"
    HALF_YEARLY = "half_yearly", "Sáu tháng một lần, cùng ngày với ngày đầu"
    YEARLY = "yearly", "Hằng năm, cùng ngày với ngày đầu"


class DayOff(TextChoices):
    """Where a recurring meeting goes whose day is a day off."""

    NEXT = "next", "Dời sang ngày làm việc sau"
    PREVIOUS = "previous", "Dời lên ngày làm việc trước"
    KEEP = "keep", "Giữ nguyên ngày"


class SeriesDayState(TextChoices):
    """What a day of a series is that has no meeting."""

    WAITING = "waiting", "Chờ lập"
    SKIPPED = "skipped", "Nghỉ"
    MERGED = "merged", "Không họp riêng"
    PAST = "past", "Đã qua"
    ENDED = "ended", "Loạt đã kết thúc"
