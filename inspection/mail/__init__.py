"""Mail that the house sends: queued as rows with what it is about, sent by a job after the commit.

Use from an operation::

    queued = mail.queue(session, Letter(...), to=["handler@example.gov.vn"])   # flushes
    ...                                                                       # the edge commits
    mail.ring_for(queued)                                                     # the bell; a sweep finds rows without it

The row is the queue. A letter to three addresses is three rows: one address that is refused holds up nobody else's.
``occasion`` makes it once: the same occasion to the same address again queues nothing.
"""

from __future__ import annotations

from config.mail import is_address
from inspection.mail.operations import SEND, Attachment, Letter, queue, ring_for

__all__ = ["SEND", "Attachment", "Letter", "is_address", "queue", "ring_for"]
