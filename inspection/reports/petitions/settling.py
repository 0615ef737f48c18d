"""Forms 01–04/KQGQ: what came of complaints and denunciations within competence, and how decisions were carried out.
Pure. Money in million VND, land in m², as the forms print them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from inspection.reports.petitions.facts import MONEY, RemedyFact
from inspection.reports.petitions.handling import COMPLAINT, DENUNCIATION, cases_of, further
from inspection.reports.petitions.standing import Paper, Standing, Window

Amounts = dict[int, int | Decimal]


def complaints(papers: Sequence[Paper], window: Window) -> Amounts:
    """01/KQGQ."""
    cases, settled = _within(papers, COMPLAINT, window)
    first = Counter(case.case.outcome for case in settled if case.case.level != "second")
    second = Counter(case.case.outcome for case in settled if case.case.level == "second")
    return {
        **_papers(papers, COMPLAINT),
        4: len(cases),
        5: len(settled),
        6: sum(_ended_as(case, "withdrawn", window) for case in cases),
        **_ordered(settled, window, 7),
        20: first["right"],
        21: first["wrong"],
        22: first["partly"],
        23: second["wrong"],
        24: second["right"] + second["partly"],
        **_on_time(settled, 25),
    }


def denunciations(papers: Sequence[Paper], window: Window) -> Amounts:
    """03/KQGQ."""
    cases, settled = _within(papers, DENUNCIATION, window)
    outcomes = Counter((case.case.outcome, further(case)) for case in settled)
    withdrawn = sum(_ended_as(case, "withdrawn", window) for case in cases)
    stopped = sum(_ended_as(case, "terminated", window) for case in cases)
    result: Amounts = {
        **_papers(papers, DENUNCIATION),
        4: len(cases),
        5: sum(further(case) for case in cases),
        6: len(settled) + withdrawn + stopped,
        7: sum(not further(case) for case in settled),
        8: sum(further(case) for case in settled),
        9: withdrawn,
        10: stopped,
        **_ordered(settled, window, 11),
        **_on_time(settled, 30),
    }
    for column, outcome in ((24, "right"), (26, "wrong"), (28, "partly")):
        result[column] = outcomes[outcome, True] + outcomes[outcome, False]
        result[column + 1] = outcomes[outcome, True]
    return result


def enforced_complaints(papers: Sequence[Paper], window: Window) -> Amounts:
    """02/KQGQ."""
    due, done, counts = _enforcement(papers, COMPLAINT, window)
    return {
        **counts,
        **_columns(due, 3, "state_money", "state_land"),
        **_columns(done, 5, "state_money", "state_land"),
        **_columns(due, 7, *MONEY[2:]),
        **_columns(done, 11, *MONEY[2:]),
        **_columns(done, 15, "sanctioned_people", "sanctioned_officials"),
        **_columns(done, 17, "prosecuted_cases", "prosecuted_people", "prosecuted_officials"),
    }


def enforced_denunciations(papers: Sequence[Paper], window: Window) -> Amounts:
    """04/KQGQ."""
    due, done, counts = _enforcement(papers, DENUNCIATION, window)
    return {
        **counts,
        **_columns(due, 3, "state_money", "state_land"),
        **_columns(done, 5, "state_money", "state_land"),
        **_columns(due, 7, "organisations", "individuals", *MONEY[2:]),
        **_columns(done, 13, "organisations", "individuals", *MONEY[2:]),
        **_columns(done, 19, "sanctioned_organisations", "sanctioned_people", "sanctioned_officials"),
        **_columns(done, 22, "prosecuted_cases", "prosecuted_people", "prosecuted_officials"),
    }


def _papers(papers: Sequence[Paper], kind: str) -> Amounts:
    own = Counter(
        paper.carried_over for paper in papers if paper.counts and paper.within and paper.kind == kind
    )
    return {1: own.total(), 2: own[True], 3: own[False]}


def _within(papers: Sequence[Paper], kind: str, window: Window) -> tuple[list[Standing], list[Standing]]:
    """The cases within competence, and those of them settled in the period."""
    cases = [case for case in cases_of(papers, kind) if case.within]
    return cases, [case for case in cases if _ended_as(case, "settled", window)]


def _ended_as(case: Standing, status: str, window: Window) -> bool:
    return case.case.status == status and case.finished_on is not None and window.first <= case.finished_on


def _on_time(settled: Iterable[Standing], first: int) -> Amounts:
    """On time and late. A case whose day nobody knows is on time: no clock ran out."""
    late = [
        bool(case.case.due_on and case.case.settled_on and case.case.settled_on > case.case.due_on)
        for case in settled
    ]
    return {first: late.count(False), first + 1: late.count(True)}


def _ordered(settled: Iterable[Standing], window: Window, first: int) -> Amounts:
    """What the decisions of the period order."""
    due = [
        remedy
        for case in settled
        for remedy in case.case.remedies
        if not remedy.done and remedy.on <= window.last
    ]
    return _columns(
        due,
        first,
        *MONEY,
        "organisations",
        "individuals",
        "sanctioned_people",
        "sanctioned_officials",
        "prosecuted_cases",
        "prosecuted_people",
        "prosecuted_officials",
    )


def _enforcement(
    papers: Sequence[Paper], kind: str, window: Window
) -> tuple[list[RemedyFact], list[RemedyFact], Amounts]:
    """What was to be carried out of decisions up to the end of the period, what was carried out within it, and how many
    decisions these are."""
    due, done, decisions, carried_out = [], [], 0, 0
    for case in cases_of(papers, kind):
        ordered = [one for one in case.case.remedies if not one.done and one.on <= window.last]
        made = [one for one in case.case.remedies if one.done and window.first <= one.on <= window.last]
        decisions += bool(ordered)
        carried_out += bool(made)
        due += ordered
        done += made
    return due, done, {1: decisions, 2: carried_out}


def _columns(remedies: Iterable[RemedyFact], first: int, *names: str) -> Amounts:
    kept = list(remedies)
    return {
        first + at: sum((one.amounts.get(name, 0) for one in kept), start=Decimal(0) if name in MONEY else 0)
        for at, name in enumerate(names)
    }
