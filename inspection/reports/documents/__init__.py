"""Official documents: one model, composed once from the figures, printed as PDF, Word and Excel.

``compose`` makes a :class:`~inspection.reports.documents.model.Document`; ``pdf``, ``docx`` and ``xlsx``
each turn it into bytes. Nothing is counted here, and the same document gives the same bytes.
"""
