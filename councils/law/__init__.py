"""Rules of bodies as pure functions."""
