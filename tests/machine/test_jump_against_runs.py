"""Every verdict of the bounded jump against a run: a million steps with no oracle, else fewer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from checks.machine.jump import decide_jump
from checks.machine.oracles import read_oracle
from models.machine.compiled_run import run_batch
from models.machine.oracle import Decided
from models.machine.program import code, programs

GAS, LESS_GAS = 1_000_000, 100_000


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUMPBOUND_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def agrees(size: int, oracle: str, gas: int) -> dict[str, int]:
    """Compare all verdicts to a size with runs, and count them."""
    table = decide_jump(size, oracle, workers=1)
    verdicts, steps = [], []
    for batch in table.batches():
        verdicts += batch.column("verdict").to_pylist()
        steps += batch.column("steps").to_pylist()
    wanted = [program for of_size in range(1, size + 1) for program in programs(of_size)]
    values = [code(program) for program in wanted]
    ran = run_batch(wanted, values, oracle=read_oracle(oracle).oracle, gas=gas)
    for program, verdict, taken, halted, needed in zip(
        wanted, verdicts, steps, ran.halted.tolist(), ran.steps.tolist(), strict=True
    ):
        if halted:
            assert (verdict, taken) == ("halts", needed), program
        else:
            assert needed == gas
            assert (verdict in ("loops", "unknown"), taken) == (True, None), program
    assert np.count_nonzero(ran.halted) == table.summary.halts
    return {verdict: verdicts.count(verdict) for verdict in ("halts", "loops", "unknown")}


@pytest.mark.parametrize(
    ("oracle", "gas", "halts", "loops"),
    [
        ("empty", GAS, 12643, 1096),
        ("full", LESS_GAS, 11666, 2073),
        ("set:nil", LESS_GAS, 12575, 1164),
        ("jump:5", LESS_GAS, 12513, 1226),
    ],
)
def test_all_programs_to_size_6(oracle: str, gas: int, halts: int, loops: int) -> None:
    assert agrees(6, oracle, gas) == {"halts": halts, "loops": loops, "unknown": 0}


def test_relative_to_a_set_decided_by_a_program(tmp_path: Path) -> None:
    file = tmp_path / "heads.while"
    file.write_text("heads read X { Y := hd X } write Y")
    oracle = f"while:{file}"
    assert isinstance(read_oracle(oracle).oracle, Decided)
    found = agrees(4, oracle, 500)
    assert found == {"halts": 233, "loops": 10, "unknown": 0}
