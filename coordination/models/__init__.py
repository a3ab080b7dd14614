"""The heart: regulations as clauses, duties with their evidence."""

from coordination.models.calendar import CalendarException
from coordination.models.deadline import Deadline
from coordination.models.duty import Duty, DutyQuerySet, Evidence
from coordination.models.regulation import Clause, Regulation

__all__ = ["CalendarException", "Clause", "Deadline", "Duty", "DutyQuerySet", "Evidence", "Regulation"]
