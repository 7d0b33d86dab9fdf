"""A small sample of the fuzz sweep (`python tests/fuzz/sweep.py` runs 200,000 inputs)."""

import pytest
from hypothesis import HealthCheck, given, settings
from targets import targets

TARGETS = targets()
FEWER = {"extract_encoder": 10}


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_verb(name: str) -> None:
    target = TARGETS[name]
    profile = settings(max_examples=FEWER.get(name, 100), suppress_health_check=list(HealthCheck))
    profile(given(target.inputs)(lambda drawn: target.check(drawn)))()


def test_the_shares_of_a_sweep_add_up() -> None:
    assert sum(target.share for target in TARGETS.values()) == pytest.approx(1)
