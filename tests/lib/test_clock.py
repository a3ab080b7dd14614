"""The one clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hdnd.lib import clock


def test_now_is_aware_and_vietnamese() -> None:
    assert clock.now().utcoffset() == timedelta(hours=7)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_at_sets_the_clock_for_the_block_only() -> None:
    moment = datetime(2026, 6, 26, 7, 30, tzinfo=clock.VIETNAM)
    with clock.at(moment):
        assert clock.now() == moment
        with clock.at(moment + timedelta(days=1)):
            assert clock.today() == date(2026, 6, 27)
        assert clock.today() == date(2026, 6, 26)
    assert clock.now() != moment


def test_at_restores_the_clock_after_an_error() -> None:
    moment = datetime(2026, 6, 26, 7, 30, tzinfo=clock.VIETNAM)
    with pytest.raises(KeyError), clock.at(moment):
        raise KeyError
    assert clock.now() != moment


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    with clock.at(datetime(2026, 6, 25, 17, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 26)
    with clock.at(datetime(2026, 6, 25, 16, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 25)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 6, 26)):  # noqa: DTZ001
        pass


def test_at_time() -> None:
    assert clock.at_time(date(2026, 6, 26), 7, 30) == datetime(2026, 6, 26, 0, 30, tzinfo=UTC)
