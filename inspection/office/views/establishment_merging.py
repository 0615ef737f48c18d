"""Establishments that are probably one: the list, two side by side, merging and taking a merge back."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import alike as reads
from inspection.office.reads import records
from inspection.office.reads.establishments import visits_to
from inspection.office.reads.names import names_of
from inspection.office.views.guards import home_scope, must, page_number, readable
from inspection.office.writing import change, tell
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.places.likeness import compare
from inspection.places.merging import distinct_pairs, distinction_id, merged, standing
from inspection.places.models import Establishment

PAIRS_A_PAGE = 30


@blueprint.get("/establishments/alike")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def alike_establishments() -> ResponseReturnValue:
    """Pairs of establishments that are probably one, the likeliest first."""
    pairs, page = reads.pairs_in(db.session(), home_scope("establishments")), page_number()
    return render_template(
        "office/establishments_alike.html",
        pairs=pairs[(page - 1) * PAIRS_A_PAGE : page * PAIRS_A_PAGE],
        total=len(pairs),
        page=page,
        pages=-(-len(pairs) // PAIRS_A_PAGE),
    )


@blueprint.get("/establishments/alike/<uuid:first>/<uuid:second>")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def compare_establishments(first: uuid.UUID, second: uuid.UUID) -> ResponseReturnValue:
    """Two establishments side by side, to be merged or told apart."""
    session = db.session()
    views = [readable(session, each, "establishment") for each in (first, second)]
    rows = [session.get_one(Establishment, each) for each in (first, second)]
    if first == second or rows[0].scope != rows[1].scope:
        raise Refusal("not_found")
    alike = compare(reads.as_place(rows[0]), reads.as_place(rows[1]))
    scopes = caller().grants.scopes
    return render_template(
        "office/establishments_compare.html",
        rows=rows,
        bases=[view.version for view in views],
        visits=[len(visits_to(session, row, scopes)) for row in rows],
        names=names_of(session, {row.unit for row in rows}, caller().language),
        reasons=alike.reasons if alike else (),
        distance=None if alike is None or alike.distance is None else round(alike.distance),
        distinct=frozenset((first, second)) in distinct_pairs(session, rows[0].scope),
    )


@blueprint.post("/establishments/<uuid:record>/merge")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def merge_establishment(record: uuid.UUID) -> ResponseReturnValue:
    """Let ``record`` count for another one: what was found there is found here, and can be taken back."""
    session = db.session()
    view = readable(session, record, "establishment")
    must(Verb.EDIT, "establishment", view.scope)
    into = _other(session, view.scope)
    links = merged(session, view.scope)
    if standing(links, into) in (record, standing(links, record)):
        raise Refusal("unprocessable")
    base = request.form.get("base", "0")
    fields = {"merged_into": str(standing(links, into))}
    tell(change(kind="establishment", scope=view.scope, record=record, fields=fields, base=base))
    flash(say("alike.merged_told"), "success")
    return redirect(url_for("office.establishment", record=into))


@blueprint.post("/establishments/<uuid:record>/separate")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def separate_establishment(record: uuid.UUID) -> ResponseReturnValue:
    """Take a merge back: the record stands for itself again, with its own visits."""
    view = readable(db.session(), record, "establishment")
    must(Verb.EDIT, "establishment", view.scope)
    base = request.form.get("base", "0")
    tell(
        change(kind="establishment", scope=view.scope, record=record, fields={"merged_into": None}, base=base)
    )
    return redirect(url_for("office.establishment", record=record))


@blueprint.post("/establishments/<uuid:record>/distinct")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def tell_apart(record: uuid.UUID) -> ResponseReturnValue:
    """Note that two establishments are two, or take that note back."""
    session = db.session()
    scope = readable(session, record, "establishment").scope
    must(Verb.CREATE, "distinction", scope)
    first, second = sorted((record, _other(session, scope)))
    pair = distinction_id(first, second)
    known = records.load(session, pair)
    fields: dict[str, object] = {"first": str(first), "second": str(second)}
    if known is not None:
        fields = {"voided": None if known.state.voided else {"reason": say("alike.looked_again")}}
    base = known.version if known else "0"
    tell(change(kind="distinction", scope=scope, record=pair, fields=fields, base=base))
    if known is not None and not known.state.voided:
        return redirect(url_for("office.compare_establishments", first=first, second=second))
    return redirect(url_for("office.alike_establishments"))


def _other(session: Session, scope: str) -> uuid.UUID:
    """The other establishment that the form names, of the same register.

    :raises Refusal: ``not_found``.
    """
    try:
        other = session.get(Establishment, uuid.UUID(request.form.get("other", "")))
    except ValueError:
        other = None
    if other is None or other.voided or other.scope != scope:
        raise Refusal("not_found")
    return other.id
