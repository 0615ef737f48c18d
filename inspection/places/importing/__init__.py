"""Establishments from a workbook: read, compared with the register, shown to a person, and only then taken in.

``rows`` reads the workbook, ``comparing`` says of every row whether it is new, changed, unchanged or doubtful (both
pure), ``operations`` keeps the comparison as a draft and takes it in, some rows a transaction, ``workbooks`` writes the
register and an empty form in the same columns.
"""
