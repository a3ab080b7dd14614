"""Guided hand-overs: a plan that says what will happen, and the same plan carried out.

`merger`, `term` and `liaison` make plans and write nothing; `councils.services.handing_over` carries them out in one
transaction. `open_work` is where higher apps say what is still open for a body and pass it on.
"""

from councils.handover.open_work import OpenItem, register_open_work

__all__ = ["OpenItem", "register_open_work"]
