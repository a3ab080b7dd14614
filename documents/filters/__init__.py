"""Filters of the lists of papers."""
