"""Reads of the workbench; the calendar, its links and the weekly calendar stand in modules beside this one."""

from workbench.queries.desk import desk, may_plan

__all__ = ["desk", "may_plan"]
