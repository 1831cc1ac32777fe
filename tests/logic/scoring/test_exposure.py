"""Exposure lag: when what a deployment brought behind a flag was served to a fifth, half, and most."""

from fractions import Fraction

from daybreak.logic.scoring.exposure import ExposureFacts, Served, measure_exposure, measure_exposure_lags
from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.indicators import Reason
from daybreak.logic.scoring.model import DAY, HOUR

ENDED = 10 * HOUR + 600_000
WHOLE = Coverage(28 * DAY)


def test_exposure_lags__rollout_in_steps__are_the_hours_that_reached_each_share() -> None:
    served = {
        10 * HOUR: Served(0, 50),
        12 * HOUR: Served(199, 1_000),
        13 * HOUR: Served(200, 1_000),
        20 * HOUR: Served(1, 2),
        34 * HOUR: Served(9, 10),
    }
    lags = measure_exposure_lags(served, ENDED)
    assert lags == {20: 13 * HOUR - ENDED, 50: 20 * HOUR - ENDED, 80: 34 * HOUR - ENDED}


def test_exposure_lags__all_at_once_in_the_hour_of_the_deployment__are_none_at_all() -> None:
    assert measure_exposure_lags({10 * HOUR: Served(5, 5)}, ENDED) == {20: 0, 50: 0, 80: 0}


def test_exposure_lags__step_back__does_not_undo_what_was_reached() -> None:
    served = {11 * HOUR: Served(6, 10), 12 * HOUR: Served(0, 10), 13 * HOUR: Served(6, 10)}
    assert measure_exposure_lags(served, ENDED) == {20: 3_000_000, 50: 3_000_000, 80: None}


def test_exposure_lags__never_evaluated__are_unknown() -> None:
    assert measure_exposure_lags({}, ENDED) == {20: None, 50: None, 80: None}
    assert measure_exposure_lags({11 * HOUR: Served(0, 0)}, ENDED) == {20: None, 50: None, 80: None}


def test_exposure__some_flags__is_their_median() -> None:
    measured = measure_exposure(ExposureFacts(WHOLE, (HOUR, 2 * HOUR), {"notExposed": 4}))
    assert (measured.raw, measured.sample_size) == (Fraction(3 * HOUR, 2), 2)
    assert measured.excluded == {"notExposed": 4}


def test_exposure__no_flag__has_a_reason_instead() -> None:
    assert measure_exposure(ExposureFacts(WHOLE, ())).reason is Reason.NO_EXPOSURE
    assert measure_exposure(ExposureFacts(Coverage(DAY), (HOUR,))).reason is Reason.TOO_SHORT
