"""The record kinds ``instrument_check``, ``package_check`` and ``sample``: what a team measures and samples on a
visit.

Readings that mean nothing alone are one group and merge as one value, so what contradicts itself can be refused when
it is written: mixed units, a lot smaller than its sample, contents a thousand times off.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from marshmallow import ValidationError, validates_schema

from config.extensions import now
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.measurement.judging import package_problems, reading_problems
from inspection.measurement.models import InstrumentCheck, PackageCheck, Sample
from inspection.measurement.problems import said
from inspection.measurement.rules import (
    INSTRUMENTS,
    AccuracyClass,
    SampleResult,
    SeenEvidence,
    Side,
    TestedFor,
    Verdict,
)
from inspection.measurement.units import Unit

MOST_READINGS = 500
LARGEST = "1000000"
BLAMED = {
    "lot_too_large": "lot_size",
    "lot_smaller_than_sample": "lot_size",
    "not_positive": "nominal",
    "mixed_units": "reading_unit",
}
"""The field under which a contradiction of a package check is told; the others concern its contents."""


def _not_in_the_future(values: Mapping[str, Any], *names: str) -> None:
    """Refuse days that have not come anywhere on earth."""
    tomorrow = (now() + timedelta(days=1)).date()
    late = [name for name in names if values.get(name) and date.fromisoformat(values[name]) > tomorrow]
    if late:
        raise ValidationError({name: [said("in_the_future")] for name in late})


class InstrumentCheckSchema(fields.RecordSchema):
    """One instrument; see :class:`inspection.measurement.models.InstrumentCheck` for the units."""

    visit = fields.Identifier(required=True)
    instrument = fields.Choice(INSTRUMENTS, required=True)
    subject = fields.Text(maximum=300)
    maker = fields.Text(maximum=200)
    serial = fields.Text(maximum=100)
    evidence = fields.Choice(SeenEvidence)
    verified_on = fields.Date()
    stated_until = fields.Date()
    capacity = fields.Amount(minimum="0", maximum=LARGEST)
    division = fields.Amount(minimum="0.000001", maximum=LARGEST)
    accuracy_class = fields.Choice(AccuracyClass)
    side = fields.Choice(Side)
    reading_unit = fields.Choice(Unit)
    references = fields.Amounts(minimum="0.000001", maximum=LARGEST, most=MOST_READINGS)
    indications = fields.Amounts(minimum="0", maximum=LARGEST, most=MOST_READINGS)
    verdict = fields.Choice(Verdict)
    note = fields.Text(maximum=4000)

    @validates_schema
    def check(self, values: dict[str, Any], **_: Any) -> None:
        """Days that have come, in their order; as many indications as loads."""
        _not_in_the_future(values, "verified_on")
        verified, until = values.get("verified_on"), values.get("stated_until")
        if verified and until and until < verified:
            raise ValidationError({"stated_until": [said("dates_reversed")]})
        if len(values.get("references") or ()) != len(values.get("indications") or ()):
            raise ValidationError({"indications": [said("readings_unpaired")]})
        if values.get("instrument") and (found := reading_problems(values)):
            raise ValidationError({"indications": [said(code) for code in found]})


class PackageCheckSchema(fields.RecordSchema):
    """Packages of one lot; see :class:`inspection.measurement.models.PackageCheck` for the units."""

    visit = fields.Identifier(required=True)
    product = fields.Text(required=True, maximum=300)
    barcode = fields.Text(maximum=100)
    maker = fields.Text(maximum=300)
    nominal = fields.Amount(minimum="0.000001", maximum=LARGEST)
    nominal_unit = fields.Choice(Unit)
    reading_unit = fields.Choice(Unit)
    lot_size = fields.Whole(minimum=1, maximum=100_000)
    tares = fields.Amounts(minimum="0", maximum=LARGEST, most=50)
    weights = fields.Amounts(minimum="0", maximum=LARGEST, most=MOST_READINGS)
    verdict = fields.Choice(Verdict)
    note = fields.Text(maximum=4000)

    @validates_schema
    def check(self, values: dict[str, Any], **_: Any) -> None:
        """Contents that fit their label and their lot, as soon as there are any."""
        if not values.get("weights"):
            return
        wrong: dict[str, list[str]] = {}
        for code in package_problems(values):
            wrong.setdefault(BLAMED.get(code, "weights"), []).append(said(code))
        if wrong:
            raise ValidationError(wrong)


class SampleSchema(fields.RecordSchema):
    """A sample and its result; the requirement and the value found as the laboratory wrote them."""

    visit = fields.Identifier(required=True)
    product = fields.Text(required=True, maximum=300)
    quantity = fields.Amount(minimum="0", maximum=LARGEST)
    quantity_unit = fields.Text(maximum=50)
    lot = fields.Text(maximum=200)
    purpose = fields.Text(maximum=1000)
    tested_for = fields.Choice(TestedFor)
    sealed = fields.Flag()
    sampled_at = fields.Timestamp()
    sent_to = fields.Text(maximum=300)
    sent_on = fields.Date()
    result = fields.Choice(SampleResult)
    result_on = fields.Date()
    result_number = fields.Text(maximum=100)
    indicator = fields.Text(maximum=300)
    required_value = fields.Text(maximum=200)
    found_value = fields.Text(maximum=200)
    note = fields.Text(maximum=4000)

    @validates_schema
    def check(self, values: dict[str, Any], **_: Any) -> None:
        """Days that have come, in their order."""
        _not_in_the_future(values, "sent_on", "result_on")


registry.add(
    Kind(
        name="instrument_check",
        scope="campaign",
        schema=InstrumentCheckSchema,
        model=InstrumentCheck,
        parent="visit",
        groups={
            "verification": ("evidence", "verified_on", "stated_until"),
            "readings": (
                "capacity",
                "division",
                "accuracy_class",
                "side",
                "reading_unit",
                "references",
                "indications",
            ),
        },
    )
)
registry.add(
    Kind(
        name="package_check",
        scope="campaign",
        schema=PackageCheckSchema,
        model=PackageCheck,
        parent="visit",
        groups={
            "contents": (
                "nominal",
                "nominal_unit",
                "reading_unit",
                "lot_size",
                "tares",
                "weights",
                "verdict",
            ),
        },
    )
)
registry.add(
    Kind(
        name="sample",
        scope="campaign",
        schema=SampleSchema,
        model=Sample,
        parent="visit",
        groups={
            "taken": ("quantity", "quantity_unit"),
            "finding": (
                "result",
                "result_on",
                "result_number",
                "indicator",
                "required_value",
                "found_value",
            ),
        },
    )
)
