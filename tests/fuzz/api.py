"""Every operation of the OpenAPI document, called with what its schema allows and with what it does not, as each role.

The short run of the test suite is the same each time. The long one is a command:
``python -m tests.fuzz --examples 200 --seed 7``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import CHECKS

from config.extensions import now, write
from inspection.reports import operations
from inspection.reports.counting import figures_of
from inspection.reports.models import Format, ReportKind, ReportStatus
from inspection.reports.periods import PeriodKind, legal
from tests.world import World

LEFT_OUT = {
    # A revoked or expired token, a wrong password: the answers depend on more than the schema says.
    "ignored_auth",
    "positive_data_acceptance",
    "negative_data_rejection",
    "use_after_free",
    "ensure_resource_availability",
    "missing_required_header",
    "unsupported_method",
}
"""Checks that presume what this API does not promise: that whatever fits a schema is accepted (rights, scopes, state
and checksums decide too), and that nothing is taken which does not (a malformed operation is answered one by one and
kept)."""


def checks() -> list[Any]:
    """Every other check there is."""
    return [check for name, check in CHECKS._items.items() if name not in LEFT_OUT]


def draft(app: Flask, world: World) -> str:
    """The id of a summary that is done and can be issued: half of the calls about a report are about this one."""
    with app.app_context(), write() as session:
        kind, period = ReportKind.VIOLATION_SUMMARY, legal(PeriodKind.YEAR, 2022)
        made = operations.order(
            session,
            jurisdiction=world.jurisdiction,
            kind=kind,
            period=period,
            formats=Format,
            ordered_by=None,
        )
        made.status, made.taken_at = ReportStatus.DONE.value, now()
        made.figures = figures_of(session, kind, world.jurisdiction, period, made.taken_at)
        return str(made.id)


def signed_in(world: World, role: str) -> Mapping[str, str]:
    """Headers of somebody with one role, who is in a campaign."""
    world.campaign(world.person(f"fuzz-{role}", role))
    return world.phone(f"fuzz-{role}").headers


def fuzz(app: Flask, role: str | None, examples: int, number: int | None = None) -> Iterator[str]:
    """Call every operation some ``examples`` times; the names of those that were called. A failed check is raised.

    Without a ``number`` each run is the same.
    """
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    # Answers are looked at as they are: the library does not unpack what an application hands it directly.
    world = World(app)
    report = draft(app, world)
    headers = {"Accept-Encoding": "identity", **(signed_in(world, role) if role else {})}
    wanted = checks()
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # a broken document raises here, as it should
        if operation.path in {"/api/auth/logout", "/api/devices/{device}/revoke"}:
            continue  # the caller would end itself

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=number is None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def call(case: Any) -> None:
            if len(str(case.body)) % 2 and "report" in (case.path_parameters or {}):
                case.path_parameters["report"] = report
            case.call_and_validate(headers=headers, checks=wanted)

        (seed(number)(call) if number is not None else call)()
        yield f"{operation.method.upper()} {operation.path}"
