"""Long work that a person starts and waits for: a row, a worker, a bar that survives a reload, a result to open."""

from hdnd.jobs.registry import Progress, Result, register

__all__ = ["Progress", "Result", "register"]
