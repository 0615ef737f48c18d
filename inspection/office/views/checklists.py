"""Checklists and the violation catalogue as data: taken out as a workbook and sent back. What becomes of a workbook
that was sent is in :mod:`inspection.office.views.reference_drafts`."""

from __future__ import annotations

import io
import uuid

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db
from inspection.checklists import drafts, publishing
from inspection.checklists.acts.writing import write_acts
from inspection.checklists.models import Checklist
from inspection.checklists.workbook.writing import write_workbook
from inspection.office.blueprint import blueprint
from inspection.office.options import today
from inspection.office.reads import checklists as reads
from inspection.office.views.guards import home_scope, must
from inspection.office.views.reference_drafts import take
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/checklists")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklists() -> ResponseReturnValue:
    """Every checklist with its editions."""
    return _all(())


@blueprint.get("/checklists/<uuid:record>")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklist(record: uuid.UUID) -> ResponseReturnValue:
    """One edition as the phone shows it; the workbooks that were sent for the checklist."""
    return _page(_edition(record), ())


@blueprint.get("/checklists/<uuid:record>/workbook.xlsx")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklist_workbook(record: uuid.UUID) -> ResponseReturnValue:
    """An edition as a workbook."""
    edition = _edition(record)
    content = write_workbook(publishing.sheets_of(edition))
    name = f"{edition.code}-{edition.edition}.xlsx"
    return send_file(io.BytesIO(content), mimetype=MEDIA_TYPE, as_attachment=True, download_name=name)


@blueprint.post("/checklists/drafts", defaults={"record": None})
@blueprint.post("/checklists/<uuid:record>/drafts")
@require_page(Permission.MANAGE_CHECKLISTS)
def upload_checklist(record: uuid.UUID | None) -> ResponseReturnValue:
    """Read the workbook that was sent as the next edition of a checklist, or without a ``record`` of the one that it
    names, and go to its preview; nothing is published yet."""
    scope = home_scope("reference")
    code = _edition(record).code if record else None
    must(Verb.CREATE, "checklist", scope)
    return take(
        lambda session, name, content: publishing.draft_checklist(
            session, caller().author, scope, name, content, today(), code
        ),
        lambda faults: _page(_edition(record), faults) if record else _all(faults),
    )


@blueprint.get("/violation-types")
@require_page(Permission.MANAGE_CHECKLISTS)
def catalogue() -> ResponseReturnValue:
    """The violation catalogue: taken out as a workbook, sent back, and the workbooks that were sent."""
    return _catalogue(())


@blueprint.get("/violation-types/workbook.xlsx")
@require_page(Permission.MANAGE_CHECKLISTS)
def catalogue_workbook() -> ResponseReturnValue:
    """The newest version of every act that has not ended, as a workbook."""
    acts = publishing.acts_standing(db.session(), home_scope("reference"), today())
    content = write_acts([publishing.act_of(act) for act in acts])
    name = f"violations-{today().isoformat()}.xlsx"
    return send_file(io.BytesIO(content), mimetype=MEDIA_TYPE, as_attachment=True, download_name=name)


@blueprint.post("/violation-types/drafts")
@require_page(Permission.MANAGE_CHECKLISTS)
def upload_catalogue() -> ResponseReturnValue:
    """Read the workbook that was sent and go to its preview; nothing is published yet."""
    scope = home_scope("reference")
    must(Verb.CREATE, "violation_type", scope)
    return take(
        lambda session, name, content: publishing.draft_catalogue(
            session, caller().author, scope, name, content, today()
        ),
        _catalogue,
    )


@blueprint.get("/reference-data")
@require_page(Permission.OFFICE)
def reference_data() -> ResponseReturnValue:
    """Questions and acts with the text they rest on, how well it was read, and when they hold."""
    asked = reads.Asked.of(request.args)
    lines = reads.reference_lines(db.session(), home_scope("reference"), asked, caller().language == "en")
    return render_template("office/reference_data.html", asked=asked, lines=lines, today=today())


def _edition(record: uuid.UUID) -> Checklist:
    edition = db.session().get(Checklist, record)
    if edition is None or edition.scope != home_scope("reference"):
        raise Refusal("not_found")
    return edition


def _all(faults: object) -> str:
    session, scope = db.session(), home_scope("reference")
    codes = {each.code for each in session.scalars(select(Checklist).where(Checklist.scope == scope))}
    return render_template(
        "office/checklists.html",
        editions=reads.editions(session, scope),
        drafts=[
            each for each in drafts.drafts_of(session, scope, publishing.CHECKLIST) if each.code not in codes
        ],
        faults=faults,
        today=today(),
    )


def _catalogue(faults: object) -> str:
    session, scope = db.session(), home_scope("reference")
    acts = publishing.acts_standing(session, scope, today())
    return render_template(
        "office/catalogue.html",
        acts=acts,
        unverified=sum(act.verified not in reads.VERIFIED for act in acts),
        drafts=drafts.drafts_of(session, scope, publishing.CATALOGUE),
        faults=faults,
    )


def _page(edition: Checklist, faults: object) -> str:
    return render_template(
        "office/checklist.html",
        edition=edition,
        faults=faults,
        groups=reads.groups(edition.items),
        drafts=drafts.drafts_of(db.session(), edition.scope, publishing.CHECKLIST, edition.code),
    )
