"""A checklist as a workbook in XLSForm's columns: it goes out to Excel, is changed there, and comes back.

``columns`` names the sheets and columns, ``writing`` writes an edition, ``reading`` reads one back and refuses it with
every fault at once, ``comparing`` says what changed against the edition in force. All of it is pure.
"""
