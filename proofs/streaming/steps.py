"""How many steps streaming takes, and how many cycles a systolic mesh.

*Results*: ``streaming-steps``: both on an n×n grid (:func:`steps`); and of the L×M mesh what each
cell does in each cycle, its last multiply-add and its result (:mod:`proofs.streaming.mesh`).

*References*: 'AI, Native Supercomputing', arXiv 1705.05983; Kung, Leiserson, 'Systolic arrays (for
VLSI)' (1978).
"""

from __future__ import annotations

from models.streaming import machine as model
from models.streaming.mesh import MeshState
from proofs.kernel.reading import part
from proofs.kernel.rules import Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal
from proofs.streaming import machine as at
from proofs.streaming import mesh
from proofs.streaming.invariant import given_operations, multiplied, streamed
from proofs.streaming.machine import OPERATIONS
from proofs.streaming.mesh import n
from proofs.streaming.pieces import whole
from proofs.streaming.traffic import cut_evenly, steps_sent


@once
def steps() -> Theorem:
    """On an n×n grid streaming takes n steps, and an n×n mesh 3n-2 cycles, for the product."""
    single, order = at.even().function(n, 1), at.upto().function(n)
    machine = at.stream().function(*OPERATIONS, single, single, order)
    collected = at.collect().function(single, part(machine, model.State, "grid"))
    cycles = 3 * n - 2
    cells = mesh.mesh().function(*OPERATIONS, n, n, n, cycles)
    wanted = at.table().function(multiplied(n), n, n)

    def of_cells(name: str) -> Term:
        return part(cells, MeshState, name)

    return prove(
        "streaming-steps",
        forall(
            *OPERATIONS, n, given={"size": n >= 1},
            then=both(
                equal(at.parts().function(single), n),
                equal(part(machine, model.State, "steps"), n),
                equal(collected, wanted),
                equal(of_cells("last"), cycles),
                equal(mesh.totals().function(of_cells("cells")), wanted),
            ),
        ),
        lambda _: [
            cut_evenly().at(t=n, s=1, P=n), steps_sent().at(n=n),
            streamed().at(**given_operations(), rows=single, columns=single, order=order),
            whole().at(**given_operations(), rows=single, columns=single, n=n),
            mesh.last_cycle().at(**given_operations(), L=n, n=n, M=n, t=cycles),
            mesh.computed().at(**given_operations(), L=n, n=n, M=n, t=cycles),
        ],
    )


def streaming_steps() -> tuple[Theorem, ...]:
    """All parts of ``streaming-steps``."""
    return steps(), mesh.cell_held(), mesh.last_cycle(), mesh.computed(), mesh.counts()
