"""Quorum and majorities as pure functions; the fractions come as dated rows."""
