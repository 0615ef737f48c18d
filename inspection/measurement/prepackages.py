"""Quantity of prepackages (lượng của hàng đóng gói sẵn): tolerable deficiency, sampling plan, the three criteria.
Pure.

Quantities are whole millionths of g, ml, item, m or m2 (:mod:`inspection.measurement.exact`). Sources and marks of
every figure are in ``data/prepackages.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspection.measurement.exact import ONE, millionths, root, rounded, up
from inspection.measurement.tables import in_force, table


@dataclass(frozen=True, slots=True)
class Plan:
    """How a lot is checked: ``size`` packages, ``factor`` (millionths) of the mean test, ``allowed`` packages below
    Qn − T.

    ``full`` means that every package of the lot is measured; then the mean must reach Qn itself. None stands for what
    no plan says.
    """

    size: int | None
    factor: int | None
    allowed: int | None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the measured packages amount to. ``errors`` has 0, 1 or 2 for each: within T, T1 error, T2 error.

    A test is None when it cannot be decided. ``mean``, ``deviation`` and ``mean_limit`` are rounded to four places
    for the eye; no test uses them.
    """

    errors: tuple[int, ...]
    mean: int | None
    deviation: int | None
    mean_limit: int | None
    mean_test: bool | None
    count_test: bool | None
    t2_test: bool
    verdict: str


def tolerable_deficiency(nominal: int, dimension: str) -> int | None:
    """T (lượng thiếu cho phép) of a nominal quantity; None above the end of the table.

    OIML R 87 Table 1 as adopted nationally, bounds belonging to the lower band; percentages are rounded up to 0.1 g
    or ml up to 1000 and to 1 above. Count: 1 % rounded up to a whole item. It stands in for TT 21/2014 Phụ lục IV,
    which was not read.
    """
    tolerances = table("prepackages")["tolerances"]
    rule = tolerances["mass_or_volume" if dimension in ("mass", "volume") else dimension]
    for band in rule["bands"]:
        if band["to"] is None or nominal <= millionths(band["to"]):
            if "absolute" in band:
                return millionths(band["absolute"])
            steps = [
                millionths(one["step"])
                for one in rule["round_up"]
                if one["to"] is None or nominal <= millionths(one["to"])
            ]
            return up(nominal * millionths(band["percent"]), 100 * ONE, steps[0] if steps else 1)
    return None


def plan_for(lot: int, measured: int, day: date) -> Plan | None:
    """The plan for a lot on ``day``; None before TT 21/2014.

    Lots of fewer than 100 are checked in full, and so is any lot of which every package was measured (Điều 5: mean at
    least Qn, at most 2.5 % non-conforming). The tiers are those of OIML R 87:2004; they stand in for TT 21/2014 Phụ
    lục III, which was not read.
    """
    rules = table("prepackages")
    if not in_force(rules["rule"], day):
        return None
    tier = next(
        (
            tier
            for tier in rules["plan"]["tiers"]
            if tier["from"] <= lot and (tier["to"] is None or lot <= tier["to"])
        ),
        None,
    )
    if tier is None or measured == lot:
        return Plan(lot, 0, lot * int(rules["rule"]["full_allowed_per_thousand"]) // 1000, full=True)
    return Plan(tier["n"], millionths(tier["factor"]), tier["allowed"])


def mean_holds(nominal: int, factor: int, total: int, scatter: int, count: int) -> bool | None:
    """Whether mean ≥ Qn − factor·s, from the sum and ``scatter`` = n·Σx² − (Σx)² = s²·n·(n − 1).

    Compared squared and multiplied out, so that neither a division nor a root is rounded. None for a single package
    with a factor, which has no s.
    """
    short = count * nominal - total
    if short <= 0:
        return True
    if factor == 0:
        return False
    if count < 2:
        return None
    return short * short * (count - 1) * ONE * ONE <= factor * factor * count * scatter


def assess(
    nominal: int, tolerance: int, measured: Sequence[int], plan: Plan, tares: Sequence[int] = ()
) -> Assessment:
    """Judge packages against the three criteria of TT 21/2014 Điều 5 (and OIML R 87): mean, number below Qn − T, none
    below Qn − 2T. A deficiency of exactly T is no error, one of exactly 2T no T2 error.

    With ``tares`` the measured values are gross, and the mean tare is taken off. A mean of three tares is no finite
    decimal, so everything is multiplied by their number instead.
    """
    times = len(tares) or 1
    values = [value * times - sum(tares) for value in measured]
    label, short = nominal * times, tolerance * times
    errors = tuple(
        0 if label - value <= short else 1 if label - value <= 2 * short else 2 for value in values
    )
    count, total = len(values), sum(values)
    scatter = count * sum(value * value for value in values) - total * total
    spread = count * (count - 1) * times * times
    complete = plan.size is None or count == plan.size
    too_light = sum(1 for error in errors if error)
    mean_test = None
    if complete and plan.factor is not None and count:
        mean_test = mean_holds(label, plan.factor, total, scatter, count)
    over = plan.allowed is not None and too_light > plan.allowed
    count_test = None if plan.allowed is None or not (complete or over) else not over
    limit = None
    if plan.factor is not None and (plan.factor == 0 or spread):
        slack = root(plan.factor * plan.factor * scatter, spread * ONE * ONE) if plan.factor else 0
        limit = nominal - slack
    tests = (mean_test, count_test, 2 not in errors)
    return Assessment(
        errors=errors,
        mean=rounded(total, count * times) if count else None,
        deviation=root(scatter, spread) if spread else None,
        mean_limit=limit,
        mean_test=mean_test,
        count_test=count_test,
        t2_test=2 not in errors,
        verdict="fail" if False in tests else "pass" if complete and None not in tests else "incomplete",
    )


def tare_may_be_averaged(nominal: int, tolerance: int, tares: Sequence[int]) -> bool:
    """Whether a mean tare may be used: it is at most 10 % of Qn, or the tares scatter by at most 0.25·T.

    German ordinance on prepackages of 18/11/2020; the Vietnamese wording was not read.
    """
    rule, count, total = table("prepackages")["tare"], len(tares), sum(tares)
    if total * 100 * ONE <= count * nominal * millionths(rule["share_percent"]):
        return True
    if count < 2:
        return False
    scatter = count * sum(tare * tare for tare in tares) - total * total
    share = millionths(rule["scatter_of_tolerance"]) * tolerance
    return scatter * ONE * ONE <= share * share * count * (count - 1)
