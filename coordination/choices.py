"""Codes of clauses and duties; labels are the UI."""

from django.db.models import TextChoices


class EventKind(TextChoices):
    """What kind of occasion can trigger a clause (domain terms, section 2.1 of the domain notes)."""

    SESSION_INAUGURAL = "session_inaugural", "Kỳ họp thứ nhất"
    SESSION_REGULAR = "session_regular", "Kỳ họp thường lệ"
    SESSION_THEMATIC = "session_thematic", "Kỳ họp chuyên đề"
    SESSION_URGENT = "session_urgent", "Kỳ họp giải quyết công việc phát sinh đột xuất"
    STANDING_MEETING = "standing_meeting", "Phiên họp Thường trực HĐND"
    EXPLANATION_SESSION = "explanation_session", "Phiên giải trình"
    QUESTION_SESSION = "question_session", "Phiên chất vấn"
    SCRUTINY_MEETING = "scrutiny_meeting", "Họp thẩm tra của Ban"
    JOINT_CONFERENCE = "joint_conference", "Hội nghị liên tịch"
    LIAISON_CONFERENCE = "liaison_conference", "Hội nghị giao ban Thường trực HĐND các cấp"
    DELEGATE_GROUP_MEETING = "delegate_group_meeting", "Họp Tổ đại biểu"
    VOTER_CONTACT = "voter_contact", "Hội nghị tiếp xúc cử tri"
    CITIZEN_RECEPTION = "citizen_reception", "Tiếp công dân"
    OVERSIGHT_VISIT = "oversight_visit", "Cuộc giám sát, khảo sát"
    EXECUTIVE_MEETING = "executive_meeting", "Phiên họp UBND hằng tháng"
    EXECUTIVE_WEEKLY = "executive_weekly", "Giao ban tuần UBND"
    LAW_CONSULTATION = "law_consultation", "Hội nghị lấy ý kiến dự án luật"
    COORDINATION_REVIEW = "coordination_review", "Hội nghị sơ kết, tổng kết quy chế phối hợp"
    OTHER = "other", "Cuộc họp khác"


class AgendaKind(TextChoices):
    """What an agenda item is; a clause may depend on one (R22: an explanation)."""

    REPORT = "report", "Báo cáo"
    EXPLANATION = "explanation", "Giải trình"
    QUESTIONING = "questioning", "Chất vấn"
    DRAFT_RESOLUTION = "draft_resolution", "Dự thảo nghị quyết"
    DISCUSSION = "discussion", "Thảo luận"
    PERSONNEL = "personnel", "Nhân sự"
    CONCLUSION = "conclusion", "Kết luận"
    OTHER = "other", "Nội dung khác"


class RegulationKind(TextChoices):
    REGULATION = "regulation", "Quy chế phối hợp"
    WORKING_RULES = "working_rules", "Quy chế làm việc"
    LAW = "law", "Luật"
    JOINT_RESOLUTION = "joint_resolution", "Nghị quyết liên tịch"
    PRACTICE = "practice", "Thông lệ"


class Trigger(TextChoices):
    EVENT = "event", "theo sự kiện"
    CALENDAR = "calendar", "theo định kỳ"
    RELATIVE = "relative", "theo mốc của việc khác"
    CASE = "case", "theo vụ việc"
    CONTINUOUS = "continuous", "thường xuyên"


class Mode(TextChoices):
    INVITE = "invite", "mời"
    INFORM = "inform", "thông báo"
    CONSULT = "consult", "xin ý kiến"
    COOPERATE = "cooperate", "phối hợp"
    AGREE = "agree", "thống nhất"
    ATTEND = "attend", "tham dự"


class Scope(TextChoices):
    """Whom a clause means, by relation to the host on the day of the event."""

    SAME = "same", "cùng đơn vị hành chính"
    DOWN_ALL = "down_all", "mọi đơn vị cấp dưới trực tiếp"
    AREA = "area", "các địa phương liên quan"
    UP = "up", "cấp trên trực tiếp"


class OwedBy(TextChoices):
    HOST = "host", "bên tổ chức"
    COUNTERPART = "counterpart", "bên kia"


class LeadUnit(TextChoices):
    WORKING_DAYS = "wd", "ngày làm việc"
    DAYS = "d", "ngày"


class Confidence(TextChoices):
    HIGH = "high", "chắc chắn"
    MEDIUM = "medium", "khá chắc"
    LOW = "low", "cần kiểm chứng"
    DEMO = "demo", "giả định của bản trình diễn"


class DutyState(TextChoices):
    """Derived from dates and evidence, never stored."""

    UPCOMING = "upcoming", "sắp đến"
    DUE = "due", "đến hạn"
    MET = "met", "đúng hạn"
    LATE = "late", "muộn"
    MISSED = "missed", "bỏ sót"
    WAIVED = "waived", "miễn, có lý do"
    VOID = "void", "không phát sinh"


OPEN_STATES = frozenset({DutyState.UPCOMING, DutyState.DUE})


class EvidenceKind(TextChoices):
    INVITATION_ISSUED = "invitation_issued", "giấy mời đã phát hành"
    DOCUMENT_SENT = "document_sent", "văn bản đã gửi"
    ATTENDED = "attended", "đã tham dự"
    RECEIVED = "received", "đã nhận"


class Direction(TextChoices):
    """Which way a term of the law runs from its event."""

    BEFORE = "before", "trước"
    AFTER = "after", "sau"
