"""What a workbook publishes: the next edition of a checklist, a new checklist, or the acts that differ.

Drafts and their life are in :mod:`inspection.checklists.drafts`; here is what each kind follows and brings.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from inspection.checklists import drafts
from inspection.checklists.acts.columns import ACTS, plain
from inspection.checklists.acts.reading import Standing, read_acts
from inspection.checklists.drafts import Plan, Step
from inspection.checklists.models import Checklist, ReferenceDraft, ViolationType
from inspection.checklists.queries import editions_of, violation_types_on
from inspection.checklists.rules import checklist_id, violation_codes
from inspection.checklists.workbook.comparing import Change, Difference, compare
from inspection.checklists.workbook.reading import read_checklist
from inspection.checklists.workbook.words import WORDS
from inspection.checklists.workbook.writing import Sheets
from inspection.journal.operation import Author
from inspection.workbooks import Fault, WorkbookError

CHECKLIST, CATALOGUE = "checklist", "violation_type"


def sheets_of(edition: Checklist) -> Sheets:
    """An edition as its workbook holds it."""
    return Sheets(
        edition.code,
        edition.edition,
        edition.domain,
        edition.title_vi,
        edition.title_en,
        edition.source or "",
        edition.items,
        edition.establishment_types or (),
        edition.risk_groups or (),
    )


def act_of(act: ViolationType) -> dict[str, Any]:
    """An act of the catalogue as its workbook holds it."""
    fields = {name: getattr(act, name) for name in (*ACTS, "tiers", "measures")}
    ends = {
        name: None if fields[name] is None else fields[name].isoformat()
        for name in ("valid_from", "valid_to")
    }
    return {**fields, **ends}


def newest_of(session: Session, scope: str, code: str) -> Checklist | None:
    """The newest edition of a checklist that was not withdrawn."""
    standing = [each for each in editions_of(session, scope, code) if not each.voided]
    return standing[-1] if standing else None


def acts_standing(session: Session, scope: str, today: date) -> list[ViolationType]:
    """The acts of the catalogue by code, each in its newest version; not those that have ended."""
    query = select(ViolationType).where(
        ViolationType.scope == scope,
        ~ViolationType.voided,
        or_(ViolationType.valid_to.is_(None), ViolationType.valid_to >= today),
    )
    rows = session.scalars(query.order_by(ViolationType.valid_from).execution_options(populate_existing=True))
    newest = {act.code: act for act in rows}
    return [newest[code] for code in sorted(newest)]


def draft_checklist(
    session: Session,
    author: Author,
    scope: str,
    filename: str,
    content: bytes,
    today: date,
    expected: str | None,
) -> ReferenceDraft:
    """Keep a workbook as the next edition of the checklist that its form_id names, or as a new checklist where none has
    that name. ``expected`` is the checklist that it was sent for, if it was sent for one.

    :raises WorkbookError: with every fault; also when it is the workbook of another checklist.
    """
    standing = newest_of(session, scope, expected) if expected else None
    codes = [each.code for each in violation_types_on(session, scope, today)]
    sheets = read_checklist(content, codes, sheets_of(standing) if standing else None)
    faults = []
    if expected is not None and sheets.code != expected:
        values = {"code": sheets.code, "expected": expected}
        faults.append(Fault(WORDS["other_checklist"], "settings", "", values))
    current = newest_of(session, scope, expected or sheets.code)
    if current is not None and sheets.domain != current.domain:
        faults.append(Fault(WORDS["other_domain"], "settings", "", {"expected": current.domain}))
    if faults:
        raise WorkbookError(faults)
    follows = [current.id] if current else []
    return drafts.keep(
        session, author, scope, filename, asdict(sheets), follows, kind=CHECKLIST, code=sheets.code
    )


def draft_catalogue(
    session: Session, author: Author, scope: str, filename: str, content: bytes, today: date
) -> ReferenceDraft:
    """Keep a workbook as the catalogue to come.

    :raises WorkbookError: with every fault.
    """
    acts = acts_standing(session, scope, today)
    raised: dict[str, str] = {}
    for edition in session.scalars(
        select(Checklist).where(
            Checklist.scope == scope,
            ~Checklist.voided,
            or_(Checklist.valid_to.is_(None), Checklist.valid_to >= today),
        )
    ):
        raised |= dict.fromkeys(violation_codes(edition.items), edition.code)
    known = {act.code for act in acts}
    standing = Standing(
        {act.code: act.valid_from.isoformat() for act in acts},
        {code: checklist for code, checklist in raised.items() if code in known},
    )
    read = read_acts(content, standing)
    return drafts.keep(
        session, author, scope, filename, {"acts": read}, [act.id for act in acts], kind=CATALOGUE
    )


def differences_of(session: Session, made: ReferenceDraft) -> list[Difference]:
    """What a draft changes in what it was compared with."""
    if made.kind == CHECKLIST:
        before = before_of(session, made)
        settings = (
            compare([_settings(asdict(sheets_of(before)))], [_settings(made.content)]) if before else []
        )
        return [*settings, *compare(before.items if before else [], made.content["items"])]
    ended = {step["before"]: step["ended"] for step in made.steps}
    query = select(ViolationType).where(ViolationType.id.in_(_ids(made))).order_by(ViolationType.code)
    compared = [
        act_of(act) | ({"valid_to": ended[str(act.id)]} if str(act.id) in ended else {})
        for act in session.scalars(query)
    ]
    return _acts_changed(compared, made.content["acts"])


def _settings(sheets: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a checklist in the form of one item, named by its code."""
    names = ("source", "establishment_types", "risk_groups")
    titles = {"id": sheets["code"], "text_vi": sheets["title_vi"], "text_en": sheets["title_en"]}
    return titles | {name: sheets.get(name) or "" for name in names}


def before_of(session: Session, made: ReferenceDraft) -> Checklist | None:
    """The edition that a draft of a checklist was compared with."""
    return next(iter(session.scalars(select(Checklist).where(Checklist.id.in_(_ids(made))))), None)


def publish(session: Session, author: Author, made: ReferenceDraft, first: date, today: date) -> None:
    """Put a draft in force from ``first``, see :func:`drafts.put_in_force`."""
    plans = {CHECKLIST: _edition, CATALOGUE: lambda session, made: _acts(session, made, today)}
    drafts.put_in_force(session, author, made, plans[made.kind], first, today)


def _edition(session: Session, made: ReferenceDraft) -> Plan:
    every = editions_of(session, made.scope, made.code)
    standing = [each for each in every if not each.voided]
    before = standing[-1] if standing else None
    number = max((each.edition for each in every), default=0) + 1
    fields: dict[str, Any] = {key: value or None for key, value in made.content.items()}
    fields |= {"edition": number, "title_en": made.content["title_en"]}
    record = checklist_id(f"{made.scope}\n{made.code}", number)
    return Plan(frozenset({str(before.id)} if before else ()), [Step(before, record, fields)])


def _acts(session: Session, made: ReferenceDraft, today: date) -> Plan:
    acts = acts_standing(session, made.scope, today)
    before = {act.code: act for act in acts}
    after = {act["code"]: act for act in made.content["acts"]}
    steps = []
    for one in _acts_changed([act_of(act) for act in acts], made.content["acts"]):
        if one.change is Change.REMOVED:
            steps.append(Step(before[one.item]))
            continue
        if one.change is Change.RENAMED:
            steps.append(Step(before[one.before]))
        steps.append(Step(before.get(one.item), uuid7(), after[one.item]))
    return Plan(frozenset(str(act.id) for act in acts), steps)


def _acts_changed(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> list[Difference]:
    return compare([plain(act) for act in old], [plain(act) for act in new], "code", "name_vi")


def _ids(made: ReferenceDraft) -> list[uuid.UUID]:
    return [uuid.UUID(each) for each in made.follows]
