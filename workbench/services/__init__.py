"""Verbs of the workbench: links to the calendar, the weekly calendar."""
