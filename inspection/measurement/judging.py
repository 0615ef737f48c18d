"""What the recorded readings amount to under the law in force on the day of the visit. Pure.

Both judgements take the fields of a record as the journal keeps them (decimals as plain text, days in ISO form) and
give plain JSON, which the phone's ``judging.ts`` gives to the letter as well. ``problems`` say why there is no
verdict, ``indicative`` why a verdict is no more than a screening result (chỉ có giá trị sàng lọc).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from inspection.measurement import dispensers, prepackages, scales, verification
from inspection.measurement.exact import millionths, plain, rounded
from inspection.measurement.tables import table
from inspection.measurement.units import dimension, smallest

LARGEST_LOT = 100_000
Fields = Mapping[str, Any]
Judgement = dict[str, Any]


def package_judgement(fields: Fields, day: date) -> Judgement:
    """The judgement of a ``package_check``: verdict ``pass``, ``fail``, ``incomplete`` or ``unusable``, plan, T,
    counts, mean, and the error class (0, 1, 2) of each package. Quantities are in g, ml, item, m or m2."""
    problems = package_problems(fields)
    if problems:
        return {"verdict": "unusable", "problems": problems, "indicative": []}
    unit, of_reading = fields["nominal_unit"], fields.get("reading_unit") or fields["nominal_unit"]
    nominal = smallest(fields["nominal"], unit)
    weights = [smallest(one, of_reading) for one in fields.get("weights") or ()]
    tares = [smallest(one, of_reading) for one in fields.get("tares") or ()]
    tolerance = prepackages.tolerable_deficiency(nominal, dimension(unit))
    plan = prepackages.plan_for(fields["lot_size"], len(weights), day)
    if tolerance is None or plan is None:
        missing = ["beyond_table"] if tolerance is None else ["no_rule"]
        return {"verdict": "unusable", "problems": missing, "indicative": []}
    if tares and not prepackages.tare_may_be_averaged(nominal, tolerance, tares):
        return {"verdict": "unusable", "problems": ["tare_scatters"], "indicative": []}
    found = prepackages.assess(nominal, tolerance, weights, plan, tares)
    more = plan.size is not None and len(weights) > plan.size
    early = found.verdict == "fail" and plan.size is not None and len(weights) < plan.size
    return {
        "verdict": found.verdict,
        "problems": ["more_than_sample"] if more else [],
        "indicative": [
            "competence",
            "tolerance_stand_in",
            *(["plan_stand_in"] if not plan.full else []),
            *(["tare_stand_in"] if tares else []),
            *(["sample_unfinished"] if early else []),
        ],
        "plan": {
            "size": plan.size,
            "factor": plain(plan.factor or 0),
            "allowed": plan.allowed,
            "full": plan.full,
        },
        "tolerance": plain(tolerance),
        "limit_t": plain(nominal - tolerance),
        "limit_2t": plain(nominal - 2 * tolerance),
        "count": len(weights),
        "errors": list(found.errors),
        "t1": found.errors.count(1),
        "t2": found.errors.count(2),
        "mean": _plain(found.mean),
        "deviation": _plain(found.deviation),
        "mean_limit": _plain(found.mean_limit),
        "mean_test": found.mean_test,
        "count_test": found.count_test,
        "t2_test": found.t2_test,
    }


def package_problems(fields: Fields) -> list[str]:
    """Why the figures of a package check cannot be judged, as codes; empty when they can."""
    nominal, unit, lot = fields.get("nominal"), fields.get("nominal_unit"), fields.get("lot_size")
    if not nominal or not unit or not lot:
        return ["not_filled_in"]
    of_reading = fields.get("reading_unit") or unit
    if dimension(unit) != dimension(of_reading):
        return ["mixed_units"]
    label = smallest(nominal, unit)
    weights = [smallest(one, of_reading) for one in fields.get("weights") or ()]
    tares = [smallest(one, of_reading) for one in fields.get("tares") or ()]
    found = []
    if label <= 0:
        found.append("not_positive")
    if lot > LARGEST_LOT:
        found.append("lot_too_large")
    if len(weights) > lot:
        found.append("lot_smaller_than_sample")
    counts = dimension(unit) == "count"
    if counts and any(one % millionths("1") for one in (label, *weights, *tares)):
        found.append("count_not_whole")
    times, tare = len(tares) or 1, sum(tares)
    if any(not _near(label * times, weight * times - tare) for weight in weights):
        found.append("weight_out_of_range")
    return found


def _near(label: int, value: int) -> bool:
    """Whether a content can be meant: a hundredth to ten times of Qn. Beyond lies a wrong unit, not a light
    package."""
    return label <= 100 * value and value <= 10 * label


def instrument_judgement(fields: Fields, day: date) -> Judgement:
    """The judgement of an ``instrument_check``: its verification, whether the division suits the loads, and every
    reading with its allowance (in g or ml); the verdict over all of it."""
    problems = instrument_problems(fields, day)
    if problems:
        return {"verdict": "unusable", "problems": problems, "indicative": []}
    held = verification.validity(_evidence(fields), day)
    tool = _tool(fields["instrument"])
    lines: list[Judgement] = []
    fits, reasons = None, list(held.reasons)
    if tool == "scale" and fields.get("references"):
        lines, fits, more = _scale_lines(fields)
        reasons += more
    elif tool == "dispenser" and fields.get("references"):
        lines = _dispenser_lines(fields)
        reasons.append("limit_from_memory")
    held_well = {"valid": True, "unknown": None}.get(held.state, False)
    tests = [held_well, *([] if fits is None else [fits]), *(line["fits"] for line in lines)]
    return {
        "verdict": "fail" if False in tests else "incomplete" if None in tests else "pass",
        "problems": [],
        "indicative": reasons,
        "verification": held.state,
        "valid_until": held.until.isoformat() if held.until else None,
        "cycle_months": held.months,
        "division_fits": fits,
        "lines": lines,
    }


def instrument_problems(fields: Fields, day: date) -> list[str]:
    """Why an instrument check cannot be judged, as codes; empty when it can."""
    if not fields.get("instrument"):
        return ["not_filled_in"]
    found = []
    evidence = _evidence(fields)
    if evidence.verified_on and evidence.verified_on > day:
        found.append("verified_later")
    if evidence.verified_on and evidence.stated_until and evidence.stated_until < evidence.verified_on:
        found.append("dates_reversed")
    return found + reading_problems(fields)


def reading_problems(fields: Fields) -> list[str]:
    """What is wrong with the readings alone."""
    loads, indications = fields.get("references") or [], fields.get("indications") or []
    if len(loads) != len(indications):
        return ["readings_unpaired"]
    if not loads:
        return []
    tool, unit = _tool(fields.get("instrument") or ""), fields.get("reading_unit") or ""
    wanted = {"scale": "mass", "dispenser": "volume"}.get(tool or "")
    if wanted is None:
        return ["readings_not_taken"]
    if not unit or dimension(unit) != wanted:
        return ["mixed_units"]
    pairs = [
        (smallest(load, unit), smallest(shown, unit)) for load, shown in zip(loads, indications, strict=True)
    ]
    found = []
    if any(load <= 0 for load, _ in pairs):
        found.append("not_positive")
    if any(shown > 10 * load or 10 * shown < load for load, shown in pairs):
        found.append("reading_out_of_range")
    capacity = fields.get("capacity")
    if tool == "scale" and capacity and any(load > smallest(capacity, unit) for load, _ in pairs):
        found.append("load_above_capacity")
    return found


def _evidence(fields: Fields) -> verification.Evidence:
    return verification.Evidence(
        instrument=fields["instrument"],
        seen=fields.get("evidence"),
        verified_on=_day(fields.get("verified_on")),
        stated_until=_day(fields.get("stated_until")),
    )


def _scale_lines(fields: Fields) -> tuple[list[Judgement], bool | None, list[str]]:
    unit, spring = fields["reading_unit"], fields["instrument"] == "spring_scale"
    scale = scales.Scale(
        spring=spring,
        capacity=smallest(fields["capacity"], unit) if fields.get("capacity") else None,
        division=millionths(fields["division"]) if fields.get("division") else None,
        accuracy_class=fields.get("accuracy_class"),
    )
    lines, suits = [], []
    for load, shown in zip(fields["references"], fields["indications"], strict=True):
        mass, error = smallest(load, unit), smallest(shown, unit) - smallest(load, unit)
        allowed, coarsest = scales.allowance(scale, mass), scales.largest_division(mass)
        fits = None if allowed is None else not scales.exceeds(error, allowed, fields.get("side"))
        lines.append({"error": plain(error), "allowance": _plain(allowed), "fits": fits})
        if scale.division is not None and coarsest is not None:
            suits.append(scale.division <= coarsest)
    unlisted = spring and scale.division is not None and not scales.is_listed(scale)
    return lines, all(suits) if suits else None, ["row_not_listed"] if unlisted else []


def _dispenser_lines(fields: Fields) -> list[Judgement]:
    unit, lines = fields["reading_unit"], []
    for load, shown in zip(fields["references"], fields["indications"], strict=True):
        delivered, indicated = smallest(load, unit), smallest(shown, unit)
        lines.append(
            {
                "error": plain(indicated - delivered),
                "allowance": plain(rounded(*dispensers.allowance(delivered))),
                "fits": not dispensers.exceeds(delivered, indicated),
            }
        )
    return lines


def _tool(instrument: str) -> str | None:
    """Which readings an instrument's check takes: ``scale``, ``dispenser`` or none."""
    for entry in table("instruments")["instruments"]:
        if entry["id"] == instrument:
            tool: str | None = entry.get("tool")
            return tool
    return None


def _day(value: Any) -> date | None:
    return None if value is None else value if isinstance(value, date) else date.fromisoformat(value)


def _plain(number: int | None) -> str | None:
    return None if number is None else plain(number)
