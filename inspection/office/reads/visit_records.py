"""The document of a visit record, and what a code on a shopkeeper's copy says."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from config.storage import StorageError, open_storage
from inspection.checklists.models import Checklist, ViolationType
from inspection.documents.issuers import issuer_of
from inspection.documents.model import Document, Picture
from inspection.documents.numbers import short_date
from inspection.evidence.models import Evidence
from inspection.evidence.rules import content_key
from inspection.journal.kinds import registry
from inspection.measurement.judging import instrument_judgement, package_judgement
from inspection.office import words
from inspection.office.reads.names import names_of
from inspection.office.reads.values import describe, label, mentioned
from inspection.reports.queries import jurisdiction_of
from inspection.visits.models import Visit
from inspection.visits.record.comparing import Difference
from inspection.visits.record.composing import visit_record
from inspection.visits.record.content import Content, read_code
from inspection.visits.record.ending import evidence_ids
from inspection.visits.record.references import VIETNAM, Question, References
from inspection.visits.record.standing import Standing, signed_as, standing_of

JUDGEMENTS = {"package_check": package_judgement, "instrument_check": instrument_judgement}
NOT_ARRIVED = "Ảnh chưa về"
NO_PICTURE = "Tệp kèm theo, xem trên hệ thống"
LARGEST_PICTURES = 40_000_000
"""Bytes of photos printed in one document; those beyond stay on the system and are named."""


def document_of(session: Session, standing: Standing, jurisdiction: uuid.UUID) -> Document:
    """The visit record as a document."""
    content = standing.signed
    day = date.fromisoformat(content["visit"]["visited_on"])
    district = jurisdiction_of(session, jurisdiction)
    issuer = issuer_of(district.name, district.code, district.level, day)
    amended = [one.fields for one in standing.amendments]
    disputed = [side for row in standing.open_conflicts for side in (row.stored, *row.candidates)]
    pointed = mentioned([content, amended, disputed]) | {str(one.person) for one in standing.amendments}
    names = names_of(session, pointed, "vi")

    def write(kind: str, name: str, value: Any) -> str:
        lines = describe(registry[kind], name, value, names, "vi")
        return ", ".join(line.text for line in lines)

    return visit_record(
        standing,
        References(
            issuer=issuer,
            questions=_questions(session, content),
            acts=_acts(session, content),
            people=names,
            photos=_photos(session, content),
            label=lambda kind, name: label(kind, name, "vi"),
            value=write,
            verdict=_verdict,
            kind_name=lambda kind: words.say(f"kind.{kind}", "vi"),
        ),
    )


def _verdict(kind: str, fields: Mapping[str, Any], day: date) -> str:
    judge = JUDGEMENTS.get(kind)
    if judge is None:
        return ""
    found = judge(dict(fields), day)
    said = words.choice("choice.verdict", found["verdict"], "vi")
    return f"{said} (số liệu sàng lọc)" if found.get("indicative") else said


def _questions(session: Session, content: Content) -> dict[tuple[str, str], Question]:
    named = {
        uuid.UUID(one["checklist"])
        for one in content["parts"].get("answer", {}).values()
        if one.get("checklist")
    }
    found = {}
    for edition in session.scalars(select(Checklist).where(Checklist.id.in_(named))):
        for place, item in enumerate(edition.items):
            key = (str(edition.id), str(item["id"]))
            found[key] = Question(edition.title_vi, place, str(item["text_vi"]), _labels(item))
    return found


def _labels(item: Mapping[str, Any]) -> dict[str, str]:
    """The labels of an item's options by name."""
    options = item.get("answer", {}).get("options", ())
    return {each["name"]: each["label_vi"] for each in options}


def _acts(session: Session, content: Content) -> dict[str, tuple[str, str]]:
    """By id and by code; of several entries with one code that of the day of the visit, else the newest."""
    codes = {one["code"] for one in content["parts"].get("violation", {}).values()}
    day = date.fromisoformat(content["visit"]["visited_on"])
    found: dict[str, tuple[str, str]] = {}
    rows = select(ViolationType).where(ViolationType.code.in_(codes)).order_by(ViolationType.valid_from)
    for row in session.scalars(rows):
        said = (row.name_vi, row.legal_basis)
        found[str(row.id)] = said
        if row.valid_from <= day or row.code not in found:
            found[row.code] = said
    return found


def _photos(session: Session, content: Content) -> dict[str, Picture]:
    settings: Settings = current_app.config["SETTINGS"]
    storage, left = open_storage(settings.storage_url), LARGEST_PICTURES
    rows = session.scalars(select(Evidence).where(Evidence.id.in_(evidence_ids(content))))
    found = {}
    for number, row in enumerate(sorted(rows, key=lambda one: str(one.id)), 1):
        when = row.taken_at.astimezone(VIETNAM) if row.taken_at else None
        taken = f", {when:%H:%M} ngày {short_date(when.date())}" if when else ""
        caption = f"Ảnh {number}{f': {row.caption}' if row.caption else ''}{taken}"
        content_bytes, missing = None, "" if row.stored else NOT_ARRIVED
        if row.stored and row.media_type.startswith("image/") and row.size <= left:
            try:
                with storage.open(content_key(row.sha256)) as stream:
                    content_bytes = stream.read()
                left -= row.size
            except (StorageError, OSError):
                missing = NO_PICTURE
        elif row.stored:
            missing = NO_PICTURE
        found[str(row.id)] = Picture(caption, row.media_type, content_bytes, missing)
    return found


class Answer(StrEnum):
    """What the office says to a code. *Matches*: this very content was signed, and the visit still says it. *Differs*:
    it was signed, and something was amended since, or the visit was signed with another content. *Waiting*: nothing
    with this code has arrived, which is no proof against the paper: a phone may not have sent it yet. *Unreadable*: the
    text is no code."""

    MATCHES = "matches"
    DIFFERS = "differs"
    WAITING = "waiting"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The answer to a code, with the visit it speaks of where that is known to the reader."""

    answer: Answer
    visit: Visit | None = None
    standing: Standing | None = None
    digest: str = ""
    signed_at: datetime | None = None
    other_content: bool = False
    differences: Sequence[Difference] = ()


def confirmation(session: Session, code: str, scopes: frozenset[str]) -> Confirmation:
    """What is known of a code that was scanned or typed, within the scopes that the reader may read."""
    read = read_code(code)
    if read is None:
        return Confirmation(Answer.UNREADABLE)
    named, digest = read
    signatures = [one for one in signed_as(session, digest) if one.scope in scopes]
    if named is not None:
        signatures = [one for one in signatures if one.visit == named]
    visit = session.get(Visit, signatures[0].visit if signatures else named) if signatures or named else None
    if visit is None or visit.scope not in scopes:
        return Confirmation(Answer.WAITING, digest=digest)
    standing = standing_of(session, visit.id, signatures[0].digest if signatures else None)
    if standing is None or not standing.is_signed:
        return Confirmation(Answer.WAITING, visit, standing, digest)
    if not signatures:
        return Confirmation(Answer.DIFFERS, visit, standing, digest, other_content=True)
    known = {one.signature.id: one for one in standing.signatures}
    signed_at = next((known[one.id].made_at for one in signatures if one.id in known), None)
    if not standing.whole:
        return Confirmation(Answer.DIFFERS, visit, standing, digest, signed_at, other_content=True)
    differing = standing.differences
    answer = Answer.DIFFERS if differing else Answer.MATCHES
    return Confirmation(answer, visit, standing, digest, signed_at, differences=differing)
