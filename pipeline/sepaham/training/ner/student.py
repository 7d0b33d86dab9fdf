"""Third stage: the student learns on the background news what the teachers say together, and gold beside."""

import random
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import torch
from torch import Tensor

from sepaham.ner.slots import PAPER_COLUMNS, STATE_COLUMNS
from sepaham.training.ner.batches import Arrays, Examples, rows
from sepaham.training.ner.chunks import Chunks, Numbers
from sepaham.training.ner.losses import SINGLE, Scores, entity_loss, soft_loss, soft_slot_loss
from sepaham.training.ner.network import Encoder
from sepaham.training.ner.recipe import Student
from sepaham.training.ner.stages import Kit, Weights, weights_of
from sepaham.training.ner.steps import Batch, Told, Trainer, body_and_heads
from sepaham.training.ner.windows import Window

Answers = Callable[[Tensor, Tensor, Tensor], Scores]
"""ids, real, firsts -> the probabilities that teachers give the words of each layer."""


def answers(teachers: list[Encoder], ids: Tensor, real: Tensor, firsts: Tensor) -> Scores:
    """The mean of the teachers' probabilities of each layer, (rows, words, labels or columns)."""
    with torch.no_grad():
        each = [probabilities(teacher.at(ids, real, firsts)) for teacher in teachers]
        flat, roles, slots = (torch.stack(layer).mean(0) for layer in zip(*each, strict=True))
    return flat, roles, slots


def probabilities(scores: Scores) -> Scores:
    """Scores of the three layers -> probabilities."""
    flat, roles, slots = scores
    states = slots[..., STATE_COLUMNS].softmax(-1)
    parts = [slots[..., SINGLE].sigmoid(), states, slots[..., PAPER_COLUMNS].sigmoid()]
    return flat.softmax(-1), roles.softmax(-1), torch.cat(parts, -1)


class _Learning:
    def __init__(self, net: Encoder, taught: Answers, paper: int) -> None:
        self.net, self.taught, self.paper = net, taught, paper

    def loss(self, batch: Batch) -> Tensor:
        """The news rows, `t_…` as the teachers see them and `s_…` as the student does, and the gold rows."""
        flat, roles, slots = self.taught(batch["t_ids"], batch["t_real"], batch["t_firsts"])
        news, told = len(flat), batch["t_told"]
        together = (torch.cat([batch[f"s_{n}"], batch[n]]) for n in ("ids", "real", "firsts"))
        mine = self.net.at(*together)
        loss = soft_loss(flat, mine[0][:news], told) + soft_loss(roles, mine[1][:news], told)
        # Slots are learned from articles that may tell of agreements, in the convention that has slots.
        gate = told & batch["gate"][:, None]
        papers = (flat[..., self.paper] + flat[..., self.paper + 1]) * gate
        loss = loss + soft_slot_loss(slots, mine[2][:news], gate, papers)
        flat, roles, slots = (layer[news:] for layer in mine)
        return loss + entity_loss((flat, roles, slots), batch)


def student(
    kit: Kit, wanted: Student, start: Weights | None, taught: Answers, chunks: Chunks, examples: Examples
) -> Weights:
    """The weights of the student, from the pretrained ones (None: from those of the kit)."""
    torch.manual_seed(wanted.seed)
    net = kit.net(start)
    learning = _Learning(net, taught, kit.labels.begin["DOC"])
    groups, part = body_and_heads(net), kit.part("student")
    trainer = Trainer(groups, learning.loss, wanted.rates, kit.steps, kit.device, part=part)
    told = Told("student", kit.tell)
    batches = islice(news_and_gold(kit, wanted, chunks, examples), wanted.steps)
    for step, batch in trainer.left(batches):
        told.add(trainer.step(batch, step, wanted.steps), step, wanted.steps)
    return weights_of(net)


def news_and_gold(kit: Kit, wanted: Student, chunks: Chunks, examples: Examples) -> Iterator[Arrays]:
    """Batches without end. Raises ValueError where there are fewer chunks or windows than one takes."""
    noise = np.random.default_rng(wanted.seed)
    draw = random.Random(wanted.seed)  # noqa: S311 - a seeded draw, no secret
    order: Numbers = np.zeros(0, dtype=np.int64)
    windows: list[Window] = []
    size, few = wanted.news.rows, wanted.gold.rows
    while True:
        if len(order) < size:
            order = chunks.order(noise, wanted.gate_repeats)
        if len(windows) < few:
            windows = examples.windows(wanted.mix, wanted.gold.pieces, draw)
        if len(order) < size or len(windows) < few:
            raise ValueError("the corpora hold less than one batch of the student's")
        chosen, order = order[:size], order[size:]
        gold, windows = windows[:few], windows[few:]
        lower = (chunks.lower.words[chosen] > 0) & (noise.random(size) < wanted.lower)
        begin = noise.choice(kit.marks.begins, size, p=wanted.conventions)
        plain = chunks.rows(chosen, begin, np.zeros(size, dtype=bool), wanted.news, kit.marks)
        seen = chunks.rows(chosen, begin, lower, wanted.news, kit.marks)
        arrays = rows(gold, wanted.gold, kit.labels.count, kit.marks)
        del arrays["slots"]
        arrays |= {f"t_{name}": value for name, value in plain.items()}
        arrays |= {f"s_{name}": value for name, value in seen.items() if name != "told"}
        yield arrays | {"gate": chunks.gate[chosen] & (begin == kit.marks.begins[0])}
