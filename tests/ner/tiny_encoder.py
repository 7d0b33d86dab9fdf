"""A tiny encoder and what it is trained on, for the tests of the encoder's training; needs torch."""

from pathlib import Path

import numpy as np
import torch

from sepaham.ner.slots import COLUMNS, STATE_COLUMNS
from sepaham.training.ner.batches import PARTS, Examples, Marks, Variants
from sepaham.training.ner.chunks import Chunks, Writing
from sepaham.training.ner.recipe import Rates, Shape, Steps, read_recipe
from sepaham.training.ner.recipe import Recipe as Whole
from sepaham.training.ner.stages import Base, Kit, weights_of
from sepaham.training.ner.windows import Encoded, Labels, Window

ROOT = Path(__file__).parents[2]
HIDDEN, PIECES = 16, 50
LABELS = Labels(("PER", "DOC"))
MARKS = Marks((0, 2, 3), 2, 1)
NEWS = Shape(4, 16, 12)
RECIPE = read_recipe(ROOT / "models/ner/encoder/config.toml", Whole)
RATES = Rates(body=1e-2, head=1e-2, warm_up=0.1, floor=0.02)
STEPS = Steps(weight_decay=0.01, clip=1.0, threads=1)


def base():
    draw = np.random.default_rng(0)

    def some(*shape):
        return draw.normal(0, 0.2, shape).astype(np.float32)

    tensors = {"emb.word": some(PIECES, HIDDEN), "emb.pos": some(64, HIDDEN), "emb.type": some(HIDDEN)}
    shapes = dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN)) | {"fi": (32, HIDDEN), "fo": (HIDDEN, 32)}
    for layer in range(3):
        for name, shape in shapes.items():
            tensors[f"l{layer}.{name}.w"] = some(*shape)
            tensors[f"l{layer}.{name}.b"] = some(shape[0])
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"], tensors[f"l{layer}.{name}.b"] = some(HIDDEN) + 1, some(HIDDEN)
    tensors["emb.ln.w"], tensors["emb.ln.b"] = some(HIDDEN) + 1, some(HIDDEN)
    return Base(tensors, 2, 1e-12, some(HIDDEN))


def new_kit():
    """An encoder of two layers on the CPU, one thread."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    return Kit(base(), 2, MARKS, LABELS, STEPS, torch.device("cpu"), lambda _: None)


def window(words, seed):
    draw = np.random.default_rng(seed)
    ids = np.array([0, *draw.integers(5, PIECES, words), 2], dtype=np.int32)
    flat = np.zeros((words, LABELS.count), dtype=bool)
    flat[np.arange(words), ids[1:-1] % LABELS.count] = True
    roles = np.tile([True, False, False], (words, 1))
    slots = np.full((words, len(COLUMNS)), np.nan, dtype=np.float32)
    slots[:, : STATE_COLUMNS.start] = draw.random((words, STATE_COLUMNS.start)) < 0.3
    slots[0, STATE_COLUMNS] = np.arange(STATE_COLUMNS.stop - STATE_COLUMNS.start) == 1
    return Window(ids, np.arange(1, words + 1, dtype=np.int32), flat, roles, slots)


def examples_of(count):
    """Examples of eight words, in every part."""
    made = []
    for number in range(count):
        one = window(8, number)
        firsts = np.arange(8)
        for corpus in ("gold", "idner"):
            made.append(
                Encoded(corpus, f"n1-{number}", one.ids[1:-1], firsts, one.flat, one.roles, one.slots)
            )
    variants = [Variants(e, e, e, (e,)) for e in made]
    return Examples(dict.fromkeys(PARTS, variants), MARKS)


def news_of(count):
    draw = np.random.default_rng(1)
    ids = draw.integers(5, PIECES, count * 10).astype(np.uint16)
    firsts = np.tile(np.arange(10, dtype=np.uint16), count)
    counts = np.full(count, 10)
    none = Writing(ids[:0], firsts[:0], np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64))
    return Chunks(Writing(ids, firsts, counts, counts), none, np.zeros(count, dtype=bool))


def shipped(kit):
    net = kit.net()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter += 0.1 * torch.randn_like(parameter)
        for head in (net.flat, net.roles, net.slots):
            head.weight *= 5
    return weights_of(net)
