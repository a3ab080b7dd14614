"""The verbs of bodies and people."""

from councils.services.records import (
    delete_record,
    grant_role,
    note_password,
    note_relations,
    save_record,
    save_records,
    sync_staff,
)

__all__ = [
    "delete_record",
    "grant_role",
    "note_password",
    "note_relations",
    "save_record",
    "save_records",
    "sync_staff",
]
