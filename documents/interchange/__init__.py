"""Papers handed over to other systems: their data under the names of NĐ 30, and packages by QCVN 102.

What was checked, and what could not be, stands in docs/interchange.md. What we do not hold is left out, not invented.
"""
