"""The register's time limits: what the loaders refuse."""

from copy import deepcopy
from typing import Any

import pytest

from inspection.complaints.reference import DATA, limits_from
from inspection.datafiles import DataFileError, read


def content(name: str) -> dict[str, Any]:
    loaded = read(DATA / name)
    assert isinstance(loaded, dict)
    return deepcopy(loaded)


def test_all_faults_of_limits_come_at_once() -> None:
    broken = content("time-limits.json")
    broken["limits"][0]["days"] = 0
    broken["limits"][1]["verified"] = "surely"
    broken["limits"].append({**broken["limits"][2]})
    with pytest.raises(DataFileError) as caught:
        limits_from(broken)
    assert len(caught.value.faults) == 3


def test_a_limit_without_a_unit_is_refused() -> None:
    broken = content("time-limits.json")
    del broken["limits"][0]["unit"]
    with pytest.raises(DataFileError, match="unit"):
        limits_from(broken)
