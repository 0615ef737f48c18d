"""Establishments: finding one, and what was found there."""

from __future__ import annotations

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue

from config.extensions import db
from inspection.office.blueprint import blueprint
from inspection.office.options import find_establishments, options_for, today
from inspection.office.reads import establishments as reads
from inspection.office.reads.establishment_history import history_of
from inspection.office.reads.names import names_of
from inspection.office.views.guards import home_scope, page_number, readable
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.places.merging import merged, repeats_of
from inspection.places.models import Establishment
from inspection.places.rules import EstablishmentType


@blueprint.get("/establishments")
@require_page(Permission.READ_ESTABLISHMENTS)
def establishments() -> ResponseReturnValue:
    """Establishments of the district whose name, owner or address has the words asked for, marks and case
    ignored."""
    session = db.session()
    wanted = reads.Wanted(
        words=request.args.get("words", "").strip()[:100],
        unit=request.args.get("unit", ""),
        establishment_type=request.args.get("type", ""),
    )
    page = page_number()
    found, total = reads.search(session, home_scope("establishments"), wanted, page)
    return render_template(
        "office/establishments.html",
        lines=found,
        total=total,
        page=page,
        pages=-(-total // reads.ROWS_A_PAGE),
        wanted=wanted,
        units=options_for(session, "unit"),
        types=[one.value for one in EstablishmentType],
    )


@blueprint.get("/establishments/find")
@require_page(Permission.READ_ESTABLISHMENTS)
def found_establishments() -> ResponseReturnValue:
    """What a form offers for the words typed so far: the part of its page that a script replaces."""
    home_scope("establishments")
    found = find_establishments(db.session(), request.args.get("words", ""), request.args.get("chosen"))
    return render_template("office/found.html", name="establishment", finding=found)


@blueprint.get("/establishments/<uuid:record>")
@require_page(Permission.READ_ESTABLISHMENTS)
def establishment(record: uuid.UUID) -> ResponseReturnValue:
    """One establishment and the visits to it that the reader may see."""
    session, reading = db.session(), caller()
    view = readable(session, record, "establishment")
    row = session.get_one(Establishment, record)
    author = view.last_author
    counts_for = merged(session, row.scope).get(record)
    return render_template(
        "office/establishment.html",
        establishment=row,
        view=view,
        names=names_of(session, {row.unit, author[0] if author else None}, reading.language),
        history=history_of(session, row, reading.grants, today(), reading.language),
        today=today(),
        counts_for=None if counts_for is None else session.get(Establishment, counts_for),
        repeats=repeats_of(session, record, row.scope),
        may_edit=reading.grants.may(Verb.EDIT, "establishment", row.scope),
    )
