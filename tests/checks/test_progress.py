"""Progress: when it is told, and what rate and time it tells."""

from __future__ import annotations

import pytest

from checks.progress import Event, Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which only the test moves."""
    now = [100.0]
    monkeypatch.setattr("checks.progress.time.perf_counter", lambda: now[0])
    return now


def test_time_to_start_is_not_in_the_rate(clock: list[float]) -> None:
    """Processes start for five seconds; then a hundred are done in a second, till the end."""
    told: list[Event] = []
    pace = Pace("deciding", "empty", 1_005, told.append)
    clock[0] += 5
    pace.add(5)
    assert told == []
    for _ in range(10):
        clock[0] += 0.5
        pace.add(50)
    assert [event.done for event in told] == [105, 205, 305, 405, 505]
    assert told[0] == Event("deciding", "empty: 100 a second, 9 s left", 105, 1_005)
    clock[0] += 5
    pace.add(500)
    assert told[-1] == Event("deciding", "empty: 67 a second, 0 s left", 1_005, 1_005)


def test_all_at_once(clock: list[float]) -> None:
    told: list[Event] = []
    pace = Pace("deciding", "empty", 80, told.append)
    pace.done = 60
    clock[0] += 2
    pace.add(20)
    assert told == [Event("deciding", "empty: 10 a second, 0 s left", 80, 80)]
