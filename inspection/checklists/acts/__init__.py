"""The violation catalogue as a workbook: it goes out to Excel, is changed there, and comes back.

``columns`` names the sheets and columns and what an act says in them, ``writing`` writes the acts, ``reading`` reads
them back and refuses them with every fault at once. What changed is told by
:mod:`inspection.checklists.workbook.comparing`. All of it is pure.
"""
