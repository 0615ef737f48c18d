"""Campaigns on a day."""

from datetime import date

import pytest

from inspection.campaigns.rules import is_running


@pytest.mark.parametrize(
    ("day", "running"),
    [
        (date(2022, 8, 21), False),
        (date(2022, 8, 22), True),
        (date(2022, 9, 9), True),
        (date(2022, 9, 10), False),
    ],
)
def test_a_campaign_runs_from_its_first_to_its_last_day(day: date, running: bool) -> None:
    assert is_running(date(2022, 8, 22), date(2022, 9, 9), day) is running
