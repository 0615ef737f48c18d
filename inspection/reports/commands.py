"""``flask reports …``: order and compile at once, call an order back, prove that a document can be made again."""

from __future__ import annotations

import hashlib
import json
import uuid

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config.extensions import db, snapshot, write
from config.settings import Settings
from config.storage import open_storage
from inspection.reports import compiling, operations, queries
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.periods import WrongPeriodError, parse

commands = AppGroup("reports", help="Báo cáo và sổ theo dõi đơn / summaries and registers.")


def register_commands(app: Flask) -> None:
    """Add the commands to ``app``."""
    app.cli.add_command(commands)


@commands.command("compile")
@click.argument("kind", type=click.Choice([one.value for one in ReportKind]))
@click.argument("period")
@click.option("--jurisdiction", type=click.UUID, required=True)
def compile_now(kind: str, period: str, jurisdiction: uuid.UUID) -> None:
    """Order a report and compile it here. PERIOD is JSON: '{"kind": "quarter", "year": 2022, "number": 3}'."""
    with write() as session:
        try:
            wanted = parse(
                json.loads(period), lambda campaign: queries.campaign_days(session, jurisdiction, campaign)
            )
        except (WrongPeriodError, ValueError) as problem:
            raise click.ClickException(str(problem)) from problem
        report = operations.order(
            session,
            jurisdiction=jurisdiction,
            kind=ReportKind(kind),
            period=wanted,
            formats=Format,
            ordered_by=None,
        ).id
    settings: Settings = current_app.config["SETTINGS"]
    compiling.compile_report(report, open_storage(settings.storage_url))
    found = db.session.get_one(Report, report)
    click.echo(
        f"{report} {found.status} revision={found.revision} checkpoint={found.checkpoint} {found.error or ''}"
    )


@commands.command("cancel")
@click.argument("report", type=click.UUID)
def cancel(report: uuid.UUID) -> None:
    """Call back an order that is not done."""
    with write() as session:
        cancelled = operations.cancel(session, report)
    if not cancelled:
        raise click.ClickException("too late, or no such order")


@commands.command("reproduce")
@click.argument("report", type=click.UUID)
def reproduce(report: uuid.UUID) -> None:
    """Print every document of a report again from its kept figures and compare the bytes with those issued."""
    with snapshot() as session:
        found = session.get(Report, report)
        if found is None or found.figures is None:
            raise click.ClickException("no such report, or not compiled")
        document = compiling.document_of(found)
        issued = {one.format: one.sha256 for one in operations.files_of(session, report)}
    differing = False
    for made, expected in issued.items():
        digest = hashlib.sha256(compiling.RENDERERS[Format(made)].render(document)).hexdigest()
        differing |= digest != expected
        click.echo(f"{made}: {'same' if digest == expected else 'DIFFERS'} {digest}")
    if differing:
        raise click.ClickException("a document could not be made again as issued")
