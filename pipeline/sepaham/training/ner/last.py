"""Last stage: the student learns gold with the real articles, and keeps what it said of other texts."""

import random

import numpy as np
import torch
from torch import Tensor

from sepaham.training.ner.batches import Examples, in_batches, rows
from sepaham.training.ner.chunks import Chunks
from sepaham.training.ner.losses import gold_loss, soft_loss
from sepaham.training.ner.network import Encoder
from sepaham.training.ner.recipe import Kept, Last, Shape
from sepaham.training.ner.stages import Kit, Weights, weights_of
from sepaham.training.ner.steps import Batch, Told, Trainer, autocast, body_and_heads
from sepaham.training.ner.windows import Window

DRAWN = 4  # chunks that are drawn for one that is taken; half of them have no other convention or case


def own_answers(
    kit: Kit, wanted: Kept, shape: Shape, start: Weights, chunks: Chunks, draw: np.random.Generator
) -> list[Batch]:
    """Batches of news, `k_ids`, `k_real`, `k_firsts`, `k_told`, with what the student says of their words,
    `k_flat` and `k_roles`: under the conventions of the other corpora, or in lower case what it says of the
    plain text."""
    net = kit.net(start).eval()
    found: list[Batch] = []
    for _ in range(wanted.batches):
        chosen = draw.choice(len(chunks), wanted.rows * DRAWN)
        begin = draw.choice(kit.marks.begins, len(chosen), p=wanted.conventions)
        other = begin != kit.marks.begins[0]
        lower = (chunks.lower.words[chosen] > 0) & ~other
        taken = np.flatnonzero(other | lower)[: wanted.rows]
        if len(taken) < wanted.rows:
            continue
        chosen, begin, lower = chosen[taken], begin[taken], lower[taken]
        plain = chunks.rows(chosen, begin, np.zeros(len(taken), dtype=bool), shape, kit.marks)
        seen = chunks.rows(chosen, begin, lower, shape, kit.marks)
        with torch.no_grad(), autocast(kit.device):
            read = (torch.from_numpy(plain[name]).to(kit.device) for name in ("ids", "real", "firsts"))
            flat, roles, _ = net.at(*read)
        batch = {f"k_{name}": torch.from_numpy(value) for name, value in seen.items()}
        found.append(batch | {"k_flat": flat.softmax(-1), "k_roles": roles.softmax(-1)})
    return found


class _Learning:
    def __init__(self, net: Encoder, keep: float) -> None:
        self.net, self.keep = net, keep

    def loss(self, batch: Batch) -> Tensor:
        """Gold and, where the batch has `k_…` rows, what is to be kept."""
        if "k_ids" not in batch:
            return gold_loss(self.net.at(batch["ids"], batch["real"], batch["firsts"]), batch)
        gold = len(batch["ids"])
        together = (torch.cat([batch[n], batch[f"k_{n}"]]) for n in ("ids", "real", "firsts"))
        flat, roles, slots = self.net.at(*together)
        kept = soft_loss(batch["k_flat"], flat[gold:], batch["k_told"])
        kept = kept + soft_loss(batch["k_roles"], roles[gold:], batch["k_told"])
        return gold_loss((flat[:gold], roles[:gold], slots[:gold]), batch) + self.keep * kept


def of_seed(
    kit: Kit,
    wanted: Last,
    seed: int,
    start: Weights,
    chunks: Chunks,
    examples: Examples,
    without: frozenset[str],
    name: str,
) -> Weights:
    """The weights after all phases, from those of the student; articles of `without` left out. `name` is that
    of the stage."""
    torch.manual_seed(1000 + seed)
    draw = random.Random(10 * seed + 9)  # noqa: S311 - a seeded draw, no secret
    net = kit.net(start)
    net.freeze(wanted.frozen)
    longest = max(wanted.shapes, key=lambda shape: shape.pieces)
    kept = own_answers(kit, wanted.kept, longest, start, chunks, np.random.default_rng(seed))
    learning = _Learning(net, wanted.kept.weight)
    groups, rates = body_and_heads(net), wanted.phases[0].rates
    trainer = Trainer(groups, learning.loss, rates, kit.steps, kit.device, part=kit.part(name))
    batches: list[tuple[int, int, int, Shape, list[Window]]] = []
    for number, phase in enumerate(wanted.phases):
        cuts = [examples.windows(phase.mix, longest.pieces, draw, without) for _ in range(phase.epochs)]
        found = [batch for windows in cuts for batch in in_batches(windows, wanted.shapes, draw)]
        batches += [(number, step, len(found), *batch) for step, batch in enumerate(found)]
    told = [Told(f"{name}, phase {number}", kit.tell) for number in range(len(wanted.phases))]
    for done, (number, step, steps, shape, windows) in trainer.left(batches):
        trainer.rates = wanted.phases[number].rates
        arrays = dict(rows(windows, shape, kit.labels.count, kit.marks))
        more = kept[(done + 1) % len(kept)] if kept and shape == longest else {}
        told[number].add(trainer.step({**arrays, **more}, step, steps), step, steps)
    return weights_of(net)
