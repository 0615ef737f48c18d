"""How the office is run: its rules, what was done to accounts and devices, agencies, and the state of the machine."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, now, snapshot
from config.settings import Settings
from inspection.administration import operations
from inspection.health.reading import read
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint
from inspection.office.reads import records as record_reads
from inspection.office.reads.administration import devices_named
from inspection.office.reads.names import names_of
from inspection.office.views.guards import home_scope, must
from inspection.office.views.records import role_options
from inspection.office.writing import change, field_problems, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.models import Agency
from inspection.people.permissions import Permission, Verb
from inspection.people.policy import policy as office_policy
from inspection.people.policy import policy_record

POLICY_FIELDS = ("second_factor_roles", "session_hours")


@blueprint.get("/administration/policy")
@require_page(Permission.MANAGE_POLICY)
def policy() -> ResponseReturnValue:
    """The rules of the office, to be changed."""
    values, base = _policy_as_it_stands()
    return _policy_form(values, base, record_forms.shown_values(_shape(), values))


@blueprint.post("/administration/policy")
@require_page(Permission.MANAGE_POLICY)
def change_policy() -> ResponseReturnValue:
    """Submit what the administrator changed; the history of the record keeps what stood before."""
    shape, scope = _shape(), home_scope("administration")
    base, shown = request.form.get("base", "0"), request.form.get("shown", "{}")
    entered = record_forms.posted(shape, request.form)
    values = record_forms.changed(shape, entered, shown)
    problems, problem = record_forms.problems(shape, values, caller().language, creating=False), None
    if not values and not problems:
        return redirect(url_for("office.policy"))
    if not problems:
        try:
            record = policy_record(_jurisdiction())
            tell(change(kind="office_policy", scope=scope, record=record, fields=values, base=base))
            return redirect(url_for("office.policy"))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    return _policy_form(entered, base, shown, problems, problem), 422


def _policy_form(
    values: dict[str, Any],
    base: str,
    shown: str,
    problems: dict[str, Any] | None = None,
    problem: str | None = None,
) -> str:
    record = policy_record(_jurisdiction())
    return render_template(
        "office/policy.html",
        fields=record_forms.build(_shape(), values, caller().language, problems),
        base=base,
        shown=shown,
        problem=problem,
        record=record if record_reads.load(db.session(), record) else None,
        standing=office_policy(db.session(), caller().grants.jurisdiction),
    )


def _policy_as_it_stands() -> tuple[dict[str, Any], str]:
    found = record_reads.load(db.session(), policy_record(_jurisdiction()))
    return (dict(found.values), found.version) if found else ({}, "0")


def _shape() -> record_forms.Shape:
    options = {"second_factor_roles": role_options()}
    return record_forms.Shape(registry["office_policy"], POLICY_FIELDS, options)


def _jurisdiction() -> Any:
    jurisdiction = caller().grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    return jurisdiction


@blueprint.get("/administration/access")
@require_page(Permission.READ_ACCESS_EVENTS)
def access_events() -> ResponseReturnValue:
    """What was done to accounts and devices, by whom."""
    session, reading = db.session(), caller()
    found = operations.events(session, reading.grants.jurisdiction)
    views = record_reads.load_many(session, [event.id for event in found])
    written = {record: view.last_author for record, view in views.items()}
    people = {event.person for event in found} | {who[0] for who in written.values() if who}
    return render_template(
        "office/access_events.html",
        events=found,
        written=written,
        names=names_of(session, people, reading.language),
        devices=devices_named(session, {event.device for event in found if event.device}),
        most=operations.EVENTS_SHOWN,
    )


@blueprint.get("/administration/operation")
@require_page(Permission.READ_OPERATION)
def operation() -> ResponseReturnValue:
    """The state of the machine: phones, jobs, backups, disks."""
    settings: Settings = current_app.config["SETTINGS"]
    at = now()
    with snapshot() as session:
        found = read(session, settings, at)
        session.expunge_all()
    return render_template("office/operation.html", found=found, at=at)


@blueprint.get("/administration/agencies")
@require_page(Permission.MANAGE_PEOPLE)
def agencies() -> ResponseReturnValue:
    """The agencies that send people into teams."""
    scope = home_scope("reference")
    must(Verb.EDIT, "agency", scope)
    query = select(Agency).where(Agency.scope == scope, ~Agency.voided).order_by(Agency.code)
    return render_template("office/agencies.html", agencies=db.session.scalars(query).all())
