"""The distribution list: who gets the reports by mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint
from inspection.office.views.guards import home_scope
from inspection.office.views.records import EDITABLE
from inspection.office.writing import change, field_problems, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission
from inspection.reports import delivering


@blueprint.get("/reports/recipients")
@require_page(Permission.ORDER_SUMMARIES)
def recipients() -> ResponseReturnValue:
    """The list, and the form that adds to it."""
    return _page({})


@blueprint.post("/reports/recipients")
@require_page(Permission.ORDER_SUMMARIES)
def add_recipient() -> ResponseReturnValue:
    """Add somebody to the list."""
    shape, language = _shape(), caller().language
    entered = record_forms.posted(shape, request.form)
    problems = record_forms.problems(shape, entered, language, creating=True)
    problem = None
    if not problems:
        fields = {name: value for name, value in entered.items() if value is not None}
        try:
            tell(change(kind="recipient", scope=home_scope("reference"), fields=fields))
            return _page({})
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    return _page(entered, problems, problem), 422


def _shape() -> record_forms.Shape:
    return record_forms.Shape(registry["recipient"], EDITABLE["recipient"], {})


def _page(
    entered: Mapping[str, Any], problems: Mapping[str, Any] | None = None, problem: str | None = None
) -> str:
    jurisdiction = caller().grants.jurisdiction
    found = [] if jurisdiction is None else delivering.recipients(db.session(), jurisdiction)
    built = record_forms.build(_shape(), entered, caller().language, problems)
    return render_template("office/recipients.html", found=found, fields=built, problem=problem)
