"""``flask reports …``: order and compile at once, call an order back, prove that a document can be made again."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config.extensions import db, now, snapshot, write
from config.settings import Settings
from config.storage import open_storage
from inspection.documents import signing
from inspection.people.jurisdictions import jurisdictions
from inspection.reports import compiling, counting, operations, queries, reproducing
from inspection.reports.issuing import VIETNAM
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.periods import WrongPeriodError, parse
from inspection.reports.shapes import canonical

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


@commands.command("together")
@click.argument("period")
@click.option(
    "--jurisdiction",
    "chosen",
    type=click.UUID,
    multiple=True,
    help="One of several; all of them if not given.",
)
def count_together(period: str, chosen: tuple[uuid.UUID, ...]) -> None:
    """Count the violation summary of several jurisdictions as that of one, and print its figures as canonical JSON.
    PERIOD is JSON as for compile; a campaign belongs to one jurisdiction and is no such period."""
    try:
        wanted = parse(json.loads(period), lambda _campaign: None)
    except (WrongPeriodError, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    with snapshot() as session:
        among = list(chosen) or jurisdictions(session)
        if not among:
            raise click.ClickException("chưa có địa bàn nào / there is no jurisdiction yet")
        click.echo(
            canonical(counting.figures_together(session, among, wanted, now().astimezone(VIETNAM).date()))
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
    """Count a report again from the journal alone, at the heads of its checkpoint, print its documents again, and
    compare figures and bytes with those issued."""
    with snapshot() as session:
        try:
            proof = reproducing.prove(session, report)
        except reproducing.NoProofError as problem:
            raise click.ClickException(str(problem)) from problem
    for place in proof.broken:
        click.echo(f"journal: CONTRADICTS THE CHECKPOINT at {place}")
    for path in proof.differences:
        click.echo(f"figures: DIFFERS at {path}")
    if not proof.differences:
        click.echo(f"figures: same {proof.figures_sha256}")
    for made, word in proof.files.items():
        click.echo(f"{made}: {FILES[word]}")
    if not proof.holds:
        raise click.ClickException("the report could not be made again as issued")


@commands.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--trust", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PEM of trusted roots."
)
def verify(file: Path, trust: Path | None) -> None:
    """Verify the digital signatures of a PDF, and say whether the file is one that was issued here."""
    from inspection.documents import pades  # takes a second to load: only who verifies pays

    content = file.read_bytes()
    try:
        verdicts = pades.verify(content, trust)
    except signing.SigningError as problem:
        raise click.ClickException(
            f"{file.name}: không phải tệp PDF đọc được / no readable PDF: {problem}"
        ) from problem
    for one in verdicts:
        click.echo(f"người ký / signer: {one.signer}")
        click.echo(f"nơi cấp / issuer: {one.issuer}")
        click.echo(f"lúc / at: {one.signed_at}")
        for name, found in (
            ("nội dung nguyên vẹn / intact", one.intact),
            ("chữ ký đúng / valid", one.valid),
            ("phủ cả tệp / covers the whole file", one.whole),
            ("chứng thư tin cậy / trusted", one.trusted),
        ):
            click.echo(f"{name}: {ANSWERS[found]}")
    digests = {hashlib.sha256(content).hexdigest(), *(one.unsigned_sha256 for one in verdicts)}
    issued = operations.issued_as(db.session(), digests)
    click.echo(
        f"báo cáo / report: {issued.report} ({issued.format})"
        if issued
        else "không phát hành ở đây / not issued here"
    )
    if not verdicts:
        raise click.ClickException("không có chữ ký số / not signed")
    if not all(one.holds for one in verdicts):
        raise click.ClickException("chữ ký không đứng vững / the signature does not hold")


ANSWERS = {
    True: "có / yes",
    False: "KHÔNG / NO",
    None: "chưa xét, thiếu --trust / not looked at without --trust",
}

FILES = {
    "same": "same",
    "differs": "DIFFERS",
    "other_renderer": "printed by other versions of the libraries; the file kept is the one issued",
}
