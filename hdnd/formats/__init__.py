"""Formats of dates and numbers; found by FORMAT_MODULE_PATH."""
