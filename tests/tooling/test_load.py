"""What the load test prints is what was measured."""

from __future__ import annotations

from bench.load.__main__ import percentile, slowest, table


def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed() -> None:
    times = [float(at) for at in range(1, 101)]
    assert [percentile(times, share) for share in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([7.0], 99) == 7


def test_each_kind_of_request_has_its_line_with_its_rate_and_its_failures() -> None:
    requests = [("push", 10.0, None), ("push", 30.0, "503"), ("pull", 5.0, None)]
    head, pull, push = table(requests, seconds=10)
    assert head.split() == [
        "requests",
        "per",
        "s",
        "p50",
        "ms",
        "p95",
        "ms",
        "p99",
        "ms",
        "longest",
        "errors",
    ]
    assert pull.split() == ["pull", "1", "0.10", "5", "5", "5", "5", "0"]
    assert push.split() == ["push", "2", "0.20", "10", "30", "30", "30", "1"]


def test_the_pages_that_take_longest_are_named_first() -> None:
    requests = [(0.0, "page /", 10.0, None), (0.0, "page /dashboard", 90.0, None), (0.0, "push", 500.0, None)]
    assert slowest(requests) == [("/dashboard", 90.0), ("/", 10.0)]
