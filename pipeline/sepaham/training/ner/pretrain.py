"""First stage: the lower layers of e5 learn masked words of the background news."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from sepaham.training.ner.chunks import Chunks
from sepaham.training.ner.network import Encoder
from sepaham.training.ner.recipe import Pretraining
from sepaham.training.ner.stages import Kit, Weights, weights_of
from sepaham.training.ner.steps import Adam, Batch, Told, Trainer, body_and_heads

SPECIAL = 5  # a drawn piece is none of the first, the marks


def chosen_pieces(begins: Tensor, share: float) -> Tensor:
    """Which pieces to guess: those of a `share` of the words; begins (rows, pieces) tells where a word
    begins. The marks at both ends are never chosen."""
    word = begins.long().cumsum(1)
    drawn = torch.rand(begins.shape[0], begins.shape[1] + 1, device=begins.device)
    chosen = drawn.gather(1, word) < share
    chosen[:, 0] = chosen[:, -1] = False
    return chosen


@dataclass(frozen=True)
class Streams:
    """All chunks end to end, plain and lower case, and which pieces begin a word (by piece id)."""

    plain: Tensor
    lower: Tensor
    begins: Tensor

    def windows(self, rows: int, pieces: int, lower: float, ends: tuple[int, int]) -> Tensor:
        """(rows, pieces) drawn windows between the two marks, this share of them in lower case."""
        device = self.plain.device
        ids = torch.empty((rows, pieces), dtype=torch.long, device=device)
        ids[:, 0], ids[:, -1] = ends
        few = round(rows * lower)
        for stream, part in ((self.plain, ids[: rows - few]), (self.lower, ids[rows - few :])):
            if not len(part):
                continue
            starts = torch.randint(0, len(stream) - pieces, (len(part), 1), device=device)
            part[:, 1:-1] = stream[starts + torch.arange(pieces - 2, device=device)].long()
        return ids


class _Guessing:
    """The embedding of a hidden piece, and the layers that guess it; all thrown away afterwards."""

    def __init__(self, net: Encoder, mask: Tensor, device: torch.device) -> None:
        pieces, hidden = net.word.weight.shape
        self.net = net
        self.mask = nn.Parameter(mask.clone().to(device))  # the kit's stays as it is
        layers = nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden, eps=1e-12)
        self.head = nn.Sequential(*layers).to(device)
        self.bias = nn.Parameter(torch.zeros(pieces, device=device))
        # Windows are as long as the stream wants them, so there is no padding and the shape never changes.
        self.body = torch.compile(net.body, dynamic=False) if device.type == "cuda" else net.body

    def loss(self, batch: Batch) -> Tensor:
        """Mean cross entropy over the chosen pieces; `seen` (rows, pieces) are the ids, some swapped."""
        embeddings = self.net.word.weight
        mask = self.mask.to(embeddings.dtype)
        words = torch.where(batch["hidden"][..., None], mask, embeddings[batch["seen"]])
        found = self.head(self.body(words, None)[batch["chosen"]])
        scores = found.to(torch.bfloat16) @ embeddings.T.to(torch.bfloat16) + self.bias.to(torch.bfloat16)
        return functional.cross_entropy(scores.float(), batch["ids"][batch["chosen"]])


def masked(ids: Tensor, begins: Tensor, wanted: Pretraining) -> Batch:
    """A batch for `ids` (rows, pieces).

    `chosen` are the pieces to guess, `hidden` those of them behind the mask; `seen` are all pieces, some of
    the chosen swapped for a drawn one.
    """
    chosen = chosen_pieces(begins[ids], wanted.masked)
    chance = torch.rand(ids.shape, device=ids.device)
    swapped = chosen & (chance > 1 - wanted.swapped)
    other = torch.randint(SPECIAL, len(begins), ids.shape, device=ids.device)
    hidden = chosen & (chance < wanted.hidden)
    return {"ids": ids, "chosen": chosen, "hidden": hidden, "seen": torch.where(swapped, other, ids)}


def pretrained(kit: Kit, wanted: Pretraining, chunks: Chunks, begins: list[bool]) -> Weights:
    """The weights after `wanted.steps` steps; `begins` tells of each piece whether it begins a word."""
    torch.manual_seed(wanted.seed)
    net = kit.net()
    plain, lower = (
        torch.from_numpy(side.ids.astype("int32")).to(kit.device) for side in (chunks.plain, chunks.lower)
    )
    streams = Streams(plain, lower, torch.tensor(begins, device=kit.device))
    guessing = _Guessing(net, torch.as_tensor(kit.base.mask), kit.device)
    groups = (
        [*body_and_heads(net)[0], guessing.mask],
        [*guessing.head.parameters(), guessing.bias],
    )
    adam = Adam(betas=(0.9, 0.98), eps=1e-6)
    part = kit.part("pretrained")
    trainer = Trainer(groups, guessing.loss, wanted.rates, kit.steps, kit.device, adam, False, part)
    told = Told("pretraining", kit.tell)
    for step, _ in trainer.left(range(wanted.steps)):
        ids = streams.windows(wanted.rows, wanted.pieces, wanted.lower, (kit.marks.begins[0], kit.marks.end))
        batch = masked(ids, streams.begins, wanted)
        told.add(trainer.step(batch, step, wanted.steps), step, wanted.steps)
    return weights_of(net)
