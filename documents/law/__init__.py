"""Rules of papers as pure functions."""
