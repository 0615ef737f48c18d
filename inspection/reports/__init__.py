"""The two documents the district owes: the violation summary and the complaint register.

``periods``, ``numbers``, ``facts``, ``figures``, ``register``, ``narrative`` and ``documents`` are pure. A report is
ordered (``operations``), compiled by a job at one position of the journal (``compiling``), and kept: its figures in the
table ``report``, its documents in the storage.
"""
