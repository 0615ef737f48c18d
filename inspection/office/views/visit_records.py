"""The visit record as a document, and the confirmation of a shopkeeper's copy by its code."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db
from inspection.campaigns.models import Campaign
from inspection.documents import docx, pdf
from inspection.journal.kinds import registry
from inspection.office import words
from inspection.office.blueprint import blueprint
from inspection.office.reads import visit_records as reads
from inspection.office.reads.names import names_of
from inspection.office.reads.values import describe, label, mentioned
from inspection.office.views.guards import readable
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission
from inspection.places.models import Establishment
from inspection.visits.models import Visit
from inspection.visits.record.comparing import Difference
from inspection.visits.record.content import fingerprint
from inspection.visits.record.standing import standing_of

MADE = {"pdf": (pdf.render, pdf.MEDIA_TYPE), "docx": (docx.render, docx.MEDIA_TYPE)}


@blueprint.get("/visits/<uuid:record>/record.<string:made>")
@require_page(Permission.READ_CAMPAIGNS)
def visit_record(record: uuid.UUID, made: str) -> ResponseReturnValue:
    """The visit record as PDF or Word file: what was signed with what came later, or a draft."""
    session = db.session()
    readable(session, record, "visit")
    standing = standing_of(session, record)
    if standing is None or made not in MADE:
        raise Refusal("not_found")
    visit = session.get_one(Visit, record)
    campaign = session.get(Campaign, visit.campaign)
    jurisdiction = campaign.jurisdiction if campaign else caller().grants.jurisdiction
    render, media_type = MADE[made]
    document = reads.document_of(session, standing, jurisdiction or uuid.UUID(int=0))
    answer = Response(render(document), mimetype=media_type)
    name = f"bien-ban-{visit.visited_on.isoformat()}-{standing.digest[:8]}.{made}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@dataclass(frozen=True, slots=True)
class Line:
    """One field that is not as it was signed, in words."""

    part: str
    record: str
    label: str
    signed: str
    now: str


@blueprint.get("/confirm")
@require_page(Permission.READ_CAMPAIGNS)
def confirm_record() -> ResponseReturnValue:
    """What the office knows of the code on a shopkeeper's copy."""
    session, code = db.session(), request.args.get("code", "").strip()[:300]
    found = reads.confirmation(session, code, caller().grants.scopes) if code else None
    shop = session.get(Establishment, found.visit.establishment) if found and found.visit else None
    return render_template(
        "office/confirm.html",
        code=code,
        found=found,
        name=shop.name if shop else words.say("kind.visit", caller().language),
        lines=_lines(session, list(found.differences)) if found else [],
        fingerprint=fingerprint,
    )


def _lines(session: Session, differences: list[Difference]) -> list[Line]:
    language = caller().language
    names = names_of(session, mentioned([[one.signed, one.now] for one in differences]), language)

    def write(one: Difference, value: Any) -> str:
        if value is None:
            return "—"
        kind = registry.get(one.part)
        if kind is None or not one.field:
            return _flat(value)
        return ", ".join(line.text for line in describe(kind, one.field, value, names, language))

    return [
        Line(
            part=words.say(f"kind.{one.part}", language)
            if one.part in registry
            else words.say(f"minutes.part.{one.part}", language),
            record=one.record,
            label=label(one.part, one.field, language) if one.field else "",
            signed=write(one, one.signed),
            now=write(one, one.now),
        )
        for one in differences
    ]


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_flat(each) for each in value) or "—"
    if isinstance(value, dict):
        return ", ".join(_flat(each) for each in value.values())
    return str(value) or "—"
