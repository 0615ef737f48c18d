"""The two documents the district owes: the violation summary and the complaint register.

``periods``, ``facts``, ``figures`` (with ``lists``, ``measured``, ``tables``), ``register``, ``narrative``,
``revisions``, ``deadlines`` and ``documents`` are pure. A report is ordered (``operations``), compiled by a job at one
position of the journal (``compiling``: counted by ``counting``, printed by ``printing`` with the printers of
:mod:`inspection.documents`), and kept: its figures in the table ``report``, its documents in the storage. It is mailed
(``delivering``), looked at again when more was entered (``changing``), and proved from the journal alone
(``reproducing``, on the projections of ``past``).
"""
