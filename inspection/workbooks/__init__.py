"""Workbooks (.xlsx) that people upload: read within bounds, and refused with every fault at once."""

from inspection.workbooks.archive import Limits
from inspection.workbooks.faults import Fault, WorkbookError, fault
from inspection.workbooks.reading import Cell, Row, Sheet, columns_of, read_workbook

__all__ = ["Cell", "Fault", "Limits", "Row", "Sheet", "WorkbookError", "columns_of", "fault", "read_workbook"]
