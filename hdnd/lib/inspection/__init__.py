"""What an upload holds inside: each kind of file has one function that refuses what could do harm.

They look and never run, and say in Vietnamese what is wrong and the way out. Limits stand in each module.
"""

from hdnd.lib.inspection.office import inspect_office
from hdnd.lib.inspection.pdf import embedded_files, inspect_pdf
from hdnd.lib.inspection.picture import inspect_picture

__all__ = ["embedded_files", "inspect_office", "inspect_pdf", "inspect_picture"]
