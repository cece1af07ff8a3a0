"""The cache of proved obligations: what was damaged, moved or made elsewhere is not believed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from proofs.kernel import solvers
from proofs.kernel.cache import ProofCache
from proofs.kernel.rules import Refused, prove
from proofs.kernel.solvers import NAMES, configure, decide, settings, version
from proofs.kernel.tactics import forall
from proofs.kernel.terms import FALSE, equal, negate, script
from tests.kernel.equations import k, m, n, unused

TEXT = script([], n * n >= 0)
FALSE_TEXT = script([], FALSE)
ROW = ("a", "z3", "1.0")


@pytest.fixture
def cache(tmp_path: Path) -> ProofCache:
    found = ProofCache(tmp_path / "cache")
    found.add(*ROW, 0.25)
    assert found.find(*ROW) == 0.25
    return found


def sql(cache: ProofCache, command: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(cache.file)) as connection, connection:
        return connection.execute(command, values).fetchall()


def rows(folder: Path) -> int:
    return sql(ProofCache(folder), "select count(*) from proved")[0][0]


# --- what is believed -----------------------------------------------------------------------------


def test_a_row_is_for_one_text_solver_and_version(cache: ProofCache) -> None:
    assert cache.find("b", "z3", "1.0") is None
    assert cache.find("a", "cvc5", "1.0") is None
    assert cache.find("a", "z3", "1.1") is None
    assert cache.find("a", "z3", "") is None
    assert ProofCache(cache.folder).find(*ROW) == 0.25


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert ProofCache(tmp_path / "none").find(*ROW) is None


EDITS = [
    "update proved set seconds = 0.5",
    "update proved set seconds = null",
    "update proved set seconds = 'soon'",
    "update proved set seal = ''",
    "update proved set seal = null",
    "update proved set seal = 'é'",
    "update proved set seal = upper(seal)",
    "update proved set seal = substr(seal, 1, 63)",
    "update proved set seal = seal || '0'",
    "update proved set seal = x'00'",
    "delete from proved",
    "drop table proved",
    "alter table proved drop column seal",
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_row_is_not_believed(cache: ProofCache, edit: str) -> None:
    sql(cache, edit)
    assert cache.find(*ROW) is None


@pytest.mark.parametrize(
    ("column", "value", "row"),
    [
        ("digest", "digest of b", ("b", "z3", "1.0")),
        ("solver", "cvc5", ("a", "cvc5", "1.0")),
        ("version", "1.1", ("a", "z3", "1.1")),
    ],
)
def test_a_moved_row_is_not_believed(
    cache: ProofCache, column: str, value: str, row: tuple[str, str, str]
) -> None:
    if column == "digest":
        cache.add("b", "cvc5", "0", 1.0)
        ((value,),) = sql(cache, "select digest from proved where solver = 'cvc5'")
    sql(cache, f"update proved set {column} = ? where solver = 'z3'", value)
    assert cache.find(*row) is None
    assert cache.find(*ROW) is None


def test_a_seal_of_another_row_is_not_believed(cache: ProofCache) -> None:
    cache.add("b", "z3", "1.0", 0.25)
    sql(cache, "update proved set seal = (select max(seal) from proved)")
    assert [cache.find(*ROW), cache.find("b", "z3", "1.0")].count(None) == 1


def test_a_row_of_another_folder_is_not_believed(cache: ProofCache, tmp_path: Path) -> None:
    other = ProofCache(tmp_path / "other")
    other.add("b", "z3", "1.0", 0.25)
    other.file.write_bytes(cache.file.read_bytes())
    assert other.find(*ROW) is None


# --- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [b"", b"no database", b"SQLite format 3\0" + b"\0" * 84, b"\xff" * 8192],
    ids=["empty", "text", "header", "noise"],
)
def test_a_damaged_file(cache: ProofCache, damage: bytes) -> None:
    """It is not believed, and does not stop what is proved next from being remembered."""
    cache.file.write_bytes(damage)
    assert cache.find(*ROW) is None
    cache.add("b", "z3", "1.0", 0.5)
    cache.add("c", "z3", "1.0", 0.5)
    assert cache.find("c", "z3", "1.0") == 0.5
    assert cache.find(*ROW) is None


def test_every_cut_of_the_file(cache: ProofCache) -> None:
    whole = cache.file.read_bytes()
    for length in range(0, len(whole), 512):
        cache.file.write_bytes(whole[:length])
        assert cache.find(*ROW) is None


def test_every_changed_byte_of_the_row(cache: ProofCache) -> None:
    """No single change makes another row that is believed."""
    whole = bytearray(cache.file.read_bytes())
    start = whole.rindex(b"z3") - 80
    for at in range(start, len(whole), 3):
        changed = bytearray(whole)
        changed[at] ^= 1
        cache.file.write_bytes(changed)
        assert cache.find(*ROW) in (None, 0.25)
        for row in (("b", "z3", "1.0"), ("a", "z2", "1.0"), ("a", "z3", "1.1")):
            assert cache.find(*row) is None


def test_without_its_key_nothing_is_believed(cache: ProofCache) -> None:
    key = cache.folder / "key"
    before = key.read_bytes()
    assert len(before) == 32 and key.stat().st_mode & 0o077 == 0
    key.unlink()
    assert cache.find(*ROW) is None
    assert key.read_bytes() != before
    cache.add("b", "z3", "1.0", 0.5)
    assert cache.find("b", "z3", "1.0") == 0.5


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 33])
def test_a_damaged_key(cache: ProofCache, damage: bytes) -> None:
    (cache.folder / "key").write_bytes(damage)
    assert cache.find(*ROW) is None
    cache.add("b", "z3", "1.0", 0.5)
    assert cache.find("b", "z3", "1.0") is None


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = ProofCache(tmp_path / "file" / "cache")
    assert cache.find(*ROW) is None
    cache.add(*ROW, 0.25)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "obligations.sqlite").mkdir()
    cache = ProofCache(tmp_path / "cache")
    cache.add(*ROW, 0.25)
    assert cache.find(*ROW) is None


# --- several at a time ----------------------------------------------------------------------------


def test_many_writers(tmp_path: Path) -> None:
    folder = tmp_path / "cache"

    def work(writer: int) -> list[float | None]:
        cache = ProofCache(folder)
        for i in range(10):
            cache.add(f"{writer} {i}", "z3", "1", i / 7)
        return [cache.find(f"{writer} {i}", "z3", "1") for i in range(10)]

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(work, range(6)))
    assert found == [[i / 7 for i in range(10)]] * 6
    assert rows(folder) == 60
    assert sorted(path.name for path in folder.iterdir() if "key" in path.name) == ["key"]


def test_processes_that_begin_at_once_have_one_key(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from proofs.kernel.cache import ProofCache\n"
        "cache = ProofCache(Path(sys.argv[1]))\n"
        "for i in range(10): cache.add(f'{sys.argv[2]} {i}', 'z3', '1', 0.5)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started = [
        subprocess.Popen([sys.executable, "-c", program, tmp_path, str(i)], env=environment)
        for i in range(3)
    ]
    assert [process.wait(60) for process in started] == [0] * 3
    cache = ProofCache(tmp_path)
    found = [cache.find(f"{i} {j}", "z3", "1") for i in range(3) for j in range(10)]
    assert found == [0.5] * 30


def test_a_lock_is_no_damage(cache: ProofCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process writes, nothing is added, and nothing of the file is lost."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, timeout=0.0: connect(file, timeout=0.05))
    with closing(connect(cache.file)) as other:
        other.execute("begin exclusive")
        cache.add("b", "z3", "1.0", 0.5)
        assert cache.find(*ROW) is None
        other.rollback()
    assert cache.find(*ROW) == 0.25
    assert cache.find("b", "z3", "1.0") is None


# --- with the solvers -----------------------------------------------------------------------------


def test_a_proof_is_remembered(tmp_path: Path) -> None:
    with configure(cache=tmp_path):
        first = decide(TEXT)
        assert rows(tmp_path) == 2
        again = decide(TEXT)
    assert not any(a.cached for a in first.values()) and all(a.cached for a in again.values())
    for name in NAMES:
        assert again[name].seconds == first[name].seconds
        assert again[name].version == version(name) == first[name].version
    with configure(cache=None):
        assert not any(answer.cached for answer in decide(TEXT).values())


@pytest.mark.parametrize("text", [FALSE_TEXT, script([], n > 0), "", "(check-sat", "garbage"])
def test_only_a_proof_is_remembered(tmp_path: Path, text: str) -> None:
    with configure(cache=tmp_path):
        for _ in range(2):
            assert not any(a.cached or a.verdict == "unsat" for a in decide(text).values())
    assert not (tmp_path / "obligations.sqlite").exists() or rows(tmp_path) == 0


def test_a_deadline_is_not_remembered(tmp_path: Path) -> None:
    cubes = negate(equal(n * n * n + m * m * m, k * k * k))  # Fermat: not decided in seconds
    with configure(cache=tmp_path, deadline=0.3):
        answers = decide(script([n > 0, m > 0, k > 0], cubes))
    assert all(answer.verdict == "unknown" for answer in answers.values())
    assert not (tmp_path / "obligations.sqlite").exists() or rows(tmp_path) == 0


def test_fresh_asks_again(tmp_path: Path) -> None:
    with configure(cache=tmp_path):
        decide(TEXT)
    with configure(cache=tmp_path, fresh=True):
        assert not any(answer.cached for answer in decide(TEXT).values())


def poison(folder: Path, text: str) -> None:
    """Rows for a text, sealed as the cache itself does."""
    for name in NAMES:
        ProofCache(folder).add(text, name, version(name), 0.0)


def test_fresh_ignores_a_row_that_is_wrong(tmp_path: Path) -> None:
    poison(tmp_path, FALSE_TEXT)
    with configure(cache=tmp_path, fresh=True), pytest.raises(Refused):
        prove(unused(), forall(then=FALSE))


def test_rows_made_without_the_key_prove_nothing(tmp_path: Path) -> None:
    poison(tmp_path, FALSE_TEXT)
    (tmp_path / "key").unlink()
    with configure(cache=tmp_path), pytest.raises(Refused):
        prove(unused(), forall(then=FALSE))


def test_rows_of_another_obligation_prove_nothing(tmp_path: Path) -> None:
    cache = ProofCache(tmp_path)
    with configure(cache=tmp_path):
        decide(TEXT)
    before = sql(cache, "select digest from proved limit 1")[0][0]
    poison(tmp_path / "elsewhere", FALSE_TEXT)
    other = ProofCache(tmp_path / "elsewhere")
    wanted = sql(other, "select digest from proved limit 1")[0][0]
    sql(cache, "update proved set digest = ? where digest = ?", wanted, before)
    with configure(cache=tmp_path), pytest.raises(Refused) as refused:
        prove(unused(), forall(then=FALSE))
    assert not any(a.cached for a in refused.value.failed[0].answers.values())


def test_a_row_of_an_older_solver_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solvers, "_versions", dict.fromkeys(NAMES, "0.1"))
    poison(tmp_path, FALSE_TEXT)
    monkeypatch.undo()
    with configure(cache=tmp_path), pytest.raises(Refused):
        prove(unused(), forall(then=FALSE))


def test_proofs_from_the_cache_are_proofs(tmp_path: Path) -> None:
    statement, before = forall(n, then=n * n >= 0), settings().cache
    with configure(cache=tmp_path):
        prove(unused(), statement)
        theorem = prove(unused(), statement)
    (obligation,) = theorem.obligations
    assert obligation.proved and all(a.cached for a in obligation.answers.values())
    assert settings().cache == before
