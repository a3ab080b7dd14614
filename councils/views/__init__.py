"""Cơ quan: the directory of bodies, and what administrators do with it."""
