"""Second stage: teachers, which learn gold and the sentence corpora and never see gold/real."""

import random

import torch
from torch import Tensor

from sepaham.training.ner.batches import Examples, in_batches, rows
from sepaham.training.ner.losses import gold_loss
from sepaham.training.ner.recipe import Teachers
from sepaham.training.ner.stages import Kit, Weights, weights_of
from sepaham.training.ner.steps import Batch, Told, Trainer, body_and_heads


def teacher(kit: Kit, wanted: Teachers, seed: int, start: Weights, examples: Examples) -> Weights:
    """The weights of one teacher, from the pretrained ones."""
    net = kit.net(start)
    torch.manual_seed(100 + seed)
    draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    longest = max(shape.pieces for shape in wanted.shapes)

    def loss(batch: Batch) -> Tensor:
        return gold_loss(net.at(batch["ids"], batch["real"], batch["firsts"]), batch)

    # Every epoch is cut beforehand, so that the schedule knows the number of steps.
    batches = [
        batch
        for _ in range(wanted.epochs)
        for batch in in_batches(examples.windows(wanted.mix, longest, draw), wanted.shapes, draw)
    ]
    groups, part = body_and_heads(net), kit.part(f"teacher-{seed}")
    trainer = Trainer(groups, loss, wanted.rates, kit.steps, kit.device, part=part)
    told = Told(f"teacher {seed}", kit.tell)
    for step, (shape, windows) in trainer.left(batches):
        arrays = rows(windows, shape, kit.labels.count, kit.marks)
        told.add(trainer.step(arrays, step, len(batches)), step, len(batches))
    return weights_of(net)
