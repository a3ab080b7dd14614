"""Pages of the workbench: the desk, the calendar, links to it, the weekly calendar."""
