"""What ``jumpbound amdahl`` says of options that do not go together: one line, and exit code 2."""

from __future__ import annotations

import pytest

from checks.commands.amdahl import amdahl
from models.errors import BadInput


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"ratio": "4"}, "--ratio without --scalable"),
        ({"scalable": "1/2"}, "--scalable without --ratio"),
        ({"ratio": "4..5", "scalable": "1/2", "horizon": "3"}, "an interval beside --horizon"),
        ({"ratio": "4", "scalable": "0..1", "horizon": "3"}, "an interval beside --horizon"),
        ({"ratio": "4", "scalable": "0", "horizon": "-3"}, "--horizon: a horizon of -3"),
        ({"ratio": "4", "scalable": "2", "horizon": "3"}, "--scalable: "),
        ({"ratio": "4", "scalable": "0", "horizon": "3", "catch_up": "-1"}, "--catch-up: "),
    ],
)
def test_one_message(options: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        amdahl(**options)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert caught.value.expected
