"""Forms 01–04/XLĐ: how petitions were handled. Pure. Columns are keyed by the number printed above them (mã số)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from inspection.reports.petitions.standing import Paper, Standing, State, Window, passed_on

COMPLAINT, DENUNCIATION, RECOMMENDATION = "complaint", "denunciation", "recommendation"
Columns = dict[int, int]
ADMINISTRATIVE = ("policy", "land", "duty", "administrative")


def all_petitions(papers: Sequence[Paper], window: Window) -> Columns:
    """01/XLĐ."""
    counted = [paper for paper in papers if paper.counts]
    kinds = Counter(paper.kind for paper in counted)
    states = Counter(paper.state for paper in counted)
    within = Counter(paper.kind for paper in counted if paper.within)
    ways = _ways([paper.lead for paper in counted if not paper.within])
    return {
        **_received(papers),
        8: sum(paper.handled for paper in papers),
        9: len(counted),
        10: sum(len(paper.cases) for paper in counted),
        11: kinds[COMPLAINT],
        12: kinds[DENUNCIATION],
        13: kinds[RECOMMENDATION],
        14: states[State.SETTLED],
        15: states[State.SETTLED_AGAIN] + states[State.COURT],
        16: states[State.BEING_SETTLED],
        17: states[State.NOT_SETTLED],
        18: within.total(),
        19: within[COMPLAINT],
        20: within[DENUNCIATION],
        21: within[RECOMMENDATION],
        22: len(counted) - within.total(),
        23: ways["guided"],
        24: ways["transferred"],
        25: ways["reminded"],
        26: passed_on(papers, window),
    }


def complaints(papers: Sequence[Paper], window: Window) -> Columns:
    """02/XLĐ."""
    own, cases = _of(papers, COMPLAINT)
    signed = Counter((paper.carried_over, paper.signed == "several") for paper in own)
    topics = _topics(cases, ("policy", "land", "judicial", "party", "corruption", "other"), "administrative")
    states = Counter(case.state for case in cases)
    within = Counter(case.case.level == "second" for case in cases if case.within)
    ways = _ways([case for case in cases if not case.within])
    return {
        1: len(own),
        2: signed[True, True],
        3: signed[True, False],
        4: signed[False, True],
        5: signed[False, False],
        **_handled(own, 6),
        9: sum(paper.counts for paper in own),
        10: len(cases),
        11: topics["policy"] + topics["land"] + topics["administrative"],
        12: topics["policy"],
        13: topics["land"],
        14: topics["administrative"],
        15: topics["judicial"],
        16: topics["party"],
        17: topics["corruption"] + topics["other"],
        18: states[State.SETTLED],
        19: states[State.SETTLED_AGAIN],
        20: states[State.COURT],
        21: states[State.BEING_SETTLED],
        22: states[State.NOT_SETTLED],
        23: within.total(),
        24: within[False],
        25: within[True],
        26: len(cases) - within.total(),
        27: ways["guided"],
        28: ways["transferred"],
        29: ways["reminded"],
        30: passed_on(own, window),
    }


def denunciations(papers: Sequence[Paper], window: Window) -> Columns:
    """03/XLĐ."""
    own, cases = _of(papers, DENUNCIATION)
    topics = _topics(
        cases, ("policy", "land", "duty", "corruption", "judicial", "party", "other"), "administrative"
    )
    states = Counter(_denunciation_state(case) for case in cases)
    within = Counter(further(case) for case in cases if case.within)
    ways = _ways([case for case in cases if not case.within])
    return {
        **_received(own),
        **_handled(own, 8),
        11: sum(paper.counts for paper in own),
        12: len(cases),
        13: topics["policy"] + topics["land"] + topics["duty"] + topics["administrative"],
        14: topics["policy"],
        15: topics["land"],
        16: topics["duty"],
        17: topics["administrative"],
        18: topics["corruption"],
        19: topics["judicial"],
        20: topics["party"],
        21: topics["other"],
        **{column: states[column] for column in (22, 23, 24, 25)},
        26: within.total(),
        27: within[False],
        28: within[True],
        29: len(cases) - within.total(),
        30: ways["guided"],
        31: ways["transferred"],
        32: ways["reminded"],
        33: passed_on(own, window),
    }


def recommendations(papers: Sequence[Paper], window: Window) -> Columns:
    """04/XLĐ."""
    own, cases = _of(papers, RECOMMENDATION)
    topics = _topics(cases, ("policy", "land", "judicial"), "other")
    settled = sum(case.state in (State.SETTLED, State.SETTLED_AGAIN, State.COURT) for case in cases)
    being = sum(case.state is State.BEING_SETTLED for case in cases)
    within = sum(case.within for case in cases)
    ways = _ways([case for case in cases if not case.within])
    return {
        **_received(own),
        **_handled(own, 8),
        11: sum(paper.counts for paper in own),
        12: len(cases),
        13: topics["policy"],
        14: topics["land"],
        15: topics["judicial"],
        16: topics["other"],
        17: settled,
        18: being,
        19: len(cases) - settled - being,
        20: within,
        21: len(cases) - within,
        22: ways["guided"] + ways["transferred"],
        23: ways["reminded"],
        24: passed_on(own, window),
    }


def further(case: Standing) -> bool:
    """Whether a denunciation goes on from an earlier one (tố cáo tiếp)."""
    return case.case.previously in ("overdue", "concluded", "once", "several")


def cases_of(papers: Iterable[Paper], kind: str) -> list[Standing]:
    """The cases of one kind in the papers that count."""
    return [case for paper in papers if paper.counts for case in paper.cases if case.case.kind == kind]


def _of(papers: Sequence[Paper], kind: str) -> tuple[list[Paper], list[Standing]]:
    return [paper for paper in papers if paper.kind == kind], cases_of(papers, kind)


def _received(papers: Sequence[Paper]) -> Columns:
    """Columns 1–7: carried over and received, by who signed."""
    found = Counter((paper.carried_over, paper.signed) for paper in papers)
    return {
        1: len(papers),
        2: found[True, "several"],
        3: found[True, "one"],
        4: found[True, "other"],
        5: found[False, "several"],
        6: found[False, "one"],
        7: found[False, "other"],
    }


def _handled(papers: Sequence[Paper], first: int) -> Columns:
    """Three columns: handled, of these carried over, of these received in the period."""
    found = Counter(paper.carried_over for paper in papers if paper.handled)
    return {first: found.total(), first + 1: found[True], first + 2: found[False]}


def _topics(cases: Iterable[Standing], known: tuple[str, ...], otherwise: str) -> Mapping[str, int]:
    """Cases by content; what a form has no column for stands under ``otherwise``, as does what nobody stated."""
    return Counter(case.case.topic if case.case.topic in known else otherwise for case in cases)


def _ways(cases: Iterable[Standing]) -> Mapping[str, int]:
    """How those outside competence were passed on; one that was urged since stands with the reminders only."""
    return Counter(
        "reminded" if case.case.reminders and case.way_out == "transferred" else case.way_out
        for case in cases
    )


def _denunciation_state(case: Standing) -> int:
    if case.case.previously == "overdue":
        return 24
    if case.case.previously in ("concluded", "once", "several"):
        return 25
    return 22 if case.state is State.NOT_SETTLED else 23
