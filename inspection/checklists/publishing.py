"""The next edition of a checklist: drafted from a workbook, published with its first day, withdrawn before that day.

Verbs flush; the edge commits. The scope's counter is locked before anything is read, so of two people who publish at
once the second finds what the first did.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import now
from inspection.checklists.models import Checklist, ChecklistDraft, DraftStatus
from inspection.checklists.queries import editions_of
from inspection.checklists.rules import checklist_id
from inspection.checklists.workbook.reading import read_checklist
from inspection.checklists.workbook.words import WORDS
from inspection.checklists.workbook.writing import Sheets
from inspection.journal import store
from inspection.journal.edit import edit_all, office_operation
from inspection.journal.models import Record
from inspection.journal.operation import Author, Operation, Status
from inspection.workbooks import Fault, WorkbookError

DAY = timedelta(days=1)
EARLIEST = DAY
"""An edition begins tomorrow at the earliest: visits of today have been made with the one in force."""


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
    )


def draft(
    session: Session, author: Author, current: Checklist, filename: str, content: bytes, codes: Iterable[str]
) -> ChecklistDraft:
    """Keep the workbook ``content`` as the next edition of the checklist that ``current`` is the newest edition of.

    :raises WorkbookError: with every fault; also when it is the workbook of another checklist.
    """
    sheets = read_checklist(content, codes)
    faults = []
    if sheets.code != current.code:
        values = {"code": sheets.code, "expected": current.code}
        faults.append(Fault(WORDS["other_checklist"], "settings", "", values))
    if sheets.domain != current.domain:
        faults.append(Fault(WORDS["other_domain"], "settings", "", {"expected": current.domain}))
    if faults:
        raise WorkbookError(faults)
    made = ChecklistDraft(
        id=uuid7(),
        scope=current.scope,
        code=current.code,
        person=author.user,
        filename=filename[:200],
        made_at=now(),
        status=DraftStatus.DRAFT.value,
        content=asdict(sheets),
        follows=current.id,
        edition=None,
        ended=None,
    )
    session.add(made)
    session.flush()
    return made


def publish(session: Session, author: Author, made: ChecklistDraft, first: date, today: date) -> uuid.UUID:
    """Publish a draft as an edition in force from ``first``; the edition before ends on the day before.

    :raises Refusal: ``edition_too_early`` when ``first`` is not after ``today``; ``edition_overlaps`` when another
        edition begins on or after it; ``changed_meanwhile`` when it is no draft any more, or an edition was published
        since it was compared; whatever the journal refuses.
    """
    store.lock_scopes(session, [made.scope], [])
    session.refresh(made)
    if made.status != DraftStatus.DRAFT:
        raise Refusal("changed_meanwhile")
    if first < today + EARLIEST:
        raise Refusal("edition_too_early")
    every = editions_of(session, made.scope, made.code)
    standing = [each for each in every if not each.voided]
    if any(each.valid_from >= first for each in standing):
        raise Refusal("edition_overlaps")
    before = standing[-1]
    if before.id != made.follows:
        raise Refusal("changed_meanwhile")
    number = max(each.edition for each in every) + 1
    record = checklist_id(f"{made.scope}\n{made.code}", number)
    fields: dict[str, Any] = {key: value or None for key, value in made.content.items()}
    fields |= {"edition": number, "valid_from": first.isoformat(), "title_en": made.content["title_en"]}
    operations = [office_operation(kind="checklist", scope=made.scope, record=record, fields=fields)]
    if before.valid_to is None or before.valid_to >= first:
        operations.append(_ending(session, before, first - DAY))
    _submit(session, author, operations)
    made.status, made.edition, made.ended = DraftStatus.PUBLISHED.value, record, before.valid_to
    session.flush()
    return record


def withdraw(session: Session, author: Author, made: ChecklistDraft, reason: str, today: date) -> None:
    """Take a published edition back before its first day; the edition before it holds again as long as it did.

    :raises Refusal: ``edition_in_force`` from its first day on; ``changed_meanwhile`` when it is not published.
    """
    store.lock_scopes(session, [made.scope], [])
    session.refresh(made)
    edition = session.get(Checklist, made.edition) if made.edition else None
    before = session.get(Checklist, made.follows)
    if made.status != DraftStatus.PUBLISHED or edition is None or before is None or edition.voided:
        raise Refusal("changed_meanwhile")
    if edition.valid_from <= today:
        raise Refusal("edition_in_force")
    later = [each for each in editions_of(session, made.scope, made.code) if not each.voided]
    if later[-1].id != edition.id:
        raise Refusal("changed_meanwhile")
    void = office_operation(
        kind="checklist",
        scope=made.scope,
        record=edition.id,
        fields={"voided": {"reason": reason}},
        base=_version(session, edition),
    )
    _submit(session, author, [void, _ending(session, before, made.ended)])
    made.status = DraftStatus.WITHDRAWN.value
    session.flush()


def discard(session: Session, made: ChecklistDraft) -> None:
    """Put a draft away.

    :raises Refusal: ``changed_meanwhile`` when it is none any more.
    """
    if made.status != DraftStatus.DRAFT:
        raise Refusal("changed_meanwhile")
    made.status = DraftStatus.DISCARDED.value
    session.flush()


def drafts_of(session: Session, scope: str, code: str) -> list[ChecklistDraft]:
    """The workbooks that were sent for a checklist, the newest first."""
    query = select(ChecklistDraft).where(ChecklistDraft.scope == scope, ChecklistDraft.code == code)
    return list(session.scalars(query.order_by(ChecklistDraft.made_at.desc()).limit(30)))


def _ending(session: Session, edition: Checklist, last: date | None) -> Operation:
    return office_operation(
        kind="checklist",
        scope=edition.scope,
        record=edition.id,
        fields={"valid_to": None if last is None else last.isoformat()},
        base=_version(session, edition),
    )


def _version(session: Session, edition: Checklist) -> str:
    return store.generations(session).version(session.get_one(Record, edition.id).seq)


def _submit(session: Session, author: Author, operations: list[Operation]) -> None:
    for result in edit_all(session, author, operations):
        if result.status is not Status.APPLIED:
            raise Refusal(str((result.error or {"code": "changed_meanwhile"})["code"]))
