"""Which role may do what with which kind of record, and how far it reaches: its own scopes, or every scope of its
jurisdiction. Pure; what is not written here is refused.

*Own* means: a campaign in which an assignment names the person, a complaint file of which the person is the
handler or which the person opened, and the reference data and establishments of the person's jurisdiction. A
*foreign* scope lies in another jurisdiction; no role reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inspection.people.permissions import Reach, Role, Verb


@dataclass(frozen=True, slots=True)
class KindRule:
    """What each role may do with one kind; ``scope`` is the word before the colon of the scopes the kind
    lives in."""

    scope: str
    grants: Mapping[Role, Mapping[Verb, Reach]]
    opens_scope: bool = False


def _grants(**roles: Mapping[Reach, Iterable[Verb]]) -> Mapping[Role, Mapping[Verb, Reach]]:
    """Turn ``role={reach: verbs}`` into ``{role: {verb: reach}}``."""
    return MappingProxyType(
        {
            Role(role): MappingProxyType({verb: reach for reach, verbs in reaches.items() for verb in verbs})
            for role, reaches in roles.items()
        }
    )


_READ_HOME: Mapping[Reach, Iterable[Verb]] = {Reach.OWN: (Verb.READ,)}
_READ_ALL: Mapping[Reach, Iterable[Verb]] = {Reach.ALL: (Verb.READ,)}
_WRITE = (Verb.CREATE, Verb.EDIT, Verb.VOID)

_REFERENCE = KindRule(
    "reference",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager=_READ_HOME,
        auditor=_READ_HOME,
        administrator={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
    ),
)
_RECIPIENT = KindRule(
    "reference",
    _grants(
        manager={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)}, administrator=_READ_HOME, auditor=_READ_HOME
    ),
)
_ERASURE = KindRule(
    "reference",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager=_READ_HOME,
        auditor=_READ_HOME,
        administrator=_READ_HOME,
    ),
)
_ESTABLISHMENT = KindRule(
    "establishments",
    _grants(
        inspector={Reach.OWN: (Verb.CREATE, Verb.EDIT, Verb.READ)},
        lead={Reach.OWN: (Verb.CREATE, Verb.EDIT, Verb.SETTLE, Verb.READ)},
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        auditor=_READ_HOME,
    ),
)
_DISTINCTION = KindRule(
    "establishments",
    _grants(
        inspector=_READ_HOME,
        lead={Reach.OWN: (*_WRITE, Verb.READ)},
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager={Reach.OWN: (*_WRITE, Verb.READ)},
        auditor=_READ_HOME,
    ),
)
_CAMPAIGN = KindRule(
    "campaign",
    _grants(
        inspector=_READ_HOME,
        lead={Reach.OWN: (Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (*_WRITE, Verb.SETTLE, Verb.READ)},
    ),
    opens_scope=True,
)
_ASSIGNMENT = KindRule(
    "campaign",
    _grants(
        inspector=_READ_HOME,
        lead={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (*_WRITE, Verb.SETTLE, Verb.READ)},
    ),
)
_FIELD_WORK = KindRule(
    "campaign",
    _grants(
        inspector={Reach.OWN: (*_WRITE, Verb.READ)},
        lead={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (Verb.SETTLE, Verb.READ)},
    ),
)
_VIOLATION = KindRule(
    "campaign",
    _grants(
        inspector={Reach.OWN: (*_WRITE, Verb.READ)},
        lead={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (Verb.EDIT, Verb.SETTLE, Verb.READ)},
    ),
)
_FROZEN = KindRule(
    "campaign",
    _grants(
        inspector={Reach.OWN: (Verb.CREATE, Verb.READ)},
        lead={Reach.OWN: (Verb.CREATE, Verb.READ)},
        manager=_READ_ALL,
    ),
)
_VISIT_MERGE = KindRule(
    "campaign",
    _grants(inspector=_READ_HOME, lead=_READ_HOME, manager=_READ_ALL),
)
_COMPLAINT = KindRule(
    "complaint",
    _grants(
        inspector={Reach.OWN: (Verb.CREATE, Verb.READ)},
        lead={Reach.OWN: (Verb.CREATE, Verb.READ)},
        desk={Reach.ALL: (Verb.CREATE, Verb.EDIT, Verb.READ)},
        handler={Reach.OWN: (Verb.EDIT, Verb.READ)},
        manager={Reach.ALL: (Verb.VOID, Verb.SETTLE, Verb.READ)},
        auditor=_READ_ALL,
    ),
    opens_scope=True,
)
_CASE_WORK = KindRule(
    "complaint",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk={Reach.ALL: (*_WRITE, Verb.READ)},
        handler={Reach.OWN: (*_WRITE, Verb.READ)},
        manager={Reach.ALL: (Verb.VOID, Verb.SETTLE, Verb.READ)},
        auditor=_READ_ALL,
    ),
)
_IDENTITY_OPENING = KindRule(
    "complaint",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_ALL,
        handler={Reach.OWN: (Verb.CREATE, Verb.READ)},
        manager=_READ_ALL,
        auditor=_READ_ALL,
    ),
)

_READING = KindRule(
    "complaint",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_ALL,
        handler=_READ_HOME,
        manager=_READ_ALL,
        auditor={Reach.ALL: (Verb.CREATE, Verb.READ)},
    ),
)
_POLICY = KindRule(
    "administration",
    _grants(auditor=_READ_HOME, administrator={Reach.OWN: (Verb.CREATE, Verb.EDIT, Verb.SETTLE, Verb.READ)}),
)
_ACCESS_EVENT = KindRule(
    "administration",
    _grants(auditor=_READ_HOME, administrator={Reach.OWN: (Verb.CREATE, Verb.READ)}),
)

MATRIX: Mapping[str, KindRule] = MappingProxyType(
    {
        "office_policy": _POLICY,
        "access_event": _ACCESS_EVENT,
        "unit": _REFERENCE,
        "agency": _REFERENCE,
        "person": _REFERENCE,
        "recovery": _REFERENCE,
        "erasure": _ERASURE,
        "checklist": _REFERENCE,
        "violation_type": _REFERENCE,
        "recipient": _RECIPIENT,
        "establishment": _ESTABLISHMENT,
        "distinction": _DISTINCTION,
        "campaign": _CAMPAIGN,
        "assignment": _ASSIGNMENT,
        "target": _ASSIGNMENT,
        "visit": _FIELD_WORK,
        "answer": _FIELD_WORK,
        "violation": _VIOLATION,
        "measure": _FIELD_WORK,
        "instrument_check": _FIELD_WORK,
        "package_check": _FIELD_WORK,
        "sample": _FIELD_WORK,
        "signature": _FIELD_WORK,
        "frozen_record": _FROZEN,
        "evidence": _FIELD_WORK,
        "visit_merge": _VISIT_MERGE,
        "complaint": _COMPLAINT,
        "complaint_step": _CASE_WORK,
        "complaint_link": _CASE_WORK,
        "complaint_remedy": _CASE_WORK,
        "complaint_attachment": _CASE_WORK,
        "identity_opening": _IDENTITY_OPENING,
        "reading": _READING,
        "calendar_day": _REFERENCE,
    }
)

DERIVED: frozenset[str] = frozenset({"conflict"})
"""Kinds that nobody writes: they travel with the scope of the record they speak of, to whoever may read that
scope."""
