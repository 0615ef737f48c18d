"""The file of holidays: what its loader refuses."""

from copy import deepcopy

import pytest

from inspection.calendar.reference import DATA, calendar_from
from inspection.datafiles import DataFileError, read


def test_all_faults_of_a_calendar_come_at_once() -> None:
    broken = deepcopy(read(DATA / "holidays.json"))
    assert isinstance(broken, dict)
    broken["days"][0]["off"] = False
    broken["days"][1]["source"] = ["X1"]
    broken["days"][2]["verified"] = "surely"
    broken["days"].append({**broken["days"][3], "date": "2031-01-01"})
    broken["days"].append(broken["days"][4])
    with pytest.raises(DataFileError) as caught:
        calendar_from(broken)
    assert len(caught.value.faults) == 5


def test_a_day_of_an_unknown_type_is_refused() -> None:
    broken = deepcopy(read(DATA / "holidays.json"))
    assert isinstance(broken, dict)
    broken["days"][0]["type"] = "bridge"
    with pytest.raises(DataFileError, match="type"):
        calendar_from(broken)
