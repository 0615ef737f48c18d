"""Workbooks (.xlsx) that people upload: read within bounds, and refused with every fault at once."""

from inspection.workbooks.archive import Limits
from inspection.workbooks.faults import Fault, WorkbookError, fault
from inspection.workbooks.reading import Cell, Row, Sheet, columns_of, look_into, read_workbook

__all__ = [
    "Cell",
    "Fault",
    "Limits",
    "Row",
    "Sheet",
    "WorkbookError",
    "columns_of",
    "fault",
    "look_into",
    "read_workbook",
]
