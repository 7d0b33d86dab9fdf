"""The encoder as a torch module: multilingual-e5-small with the label and slot layers on top."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from sepaham.ner.slots import COLUMNS
from sepaham.training.ner.weights import Array

# The parts of a layer here, and their names in e5's file.
LAYER_NAMES = {
    "q": "q",
    "k": "k",
    "v": "v",
    "out": "ao",
    "norm": "aln",
    "up": "fi",
    "down": "fo",
    "last": "oln",
}


class Layer(nn.Module):
    """One post-norm BERT layer."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.out = (nn.Linear(hidden, hidden) for _ in range(4))
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.last = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x (batch, pieces, hidden); mask (batch, 1, 1, pieces), 0 where a piece is real, -10000 for
        padding; None where all are real."""
        batch, length, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        if not torch.jit.is_tracing():  # the same in one kernel; what is exported is as it is written below
            bias = None if mask is None else mask.to(q.dtype)
            dropout = self.dropout.p if self.training else 0.0
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias, dropout_p=dropout)
        else:
            scores = q @ k.transpose(2, 3) / math.sqrt(hidden // self.heads)
            scores = scores if mask is None else scores + mask
            mixed = self.dropout(scores.softmax(-1)) @ v
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm(x + self.dropout(mixed))
        return self.last(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Piece ids -> scores of the flat layer, the ROLE layer and the slot layer."""

    def __init__(
        self, tensors: dict[str, Array], heads: int, epsilon: float, labels: int, dropout: float = 0.1
    ) -> None:
        """Take the weights of the checkpoint; only the three layers on top start at random."""
        super().__init__()
        hidden = tensors["emb.word"].shape[1]
        inner = tensors["l0.fi.w"].shape[0]
        depth = 1 + max(int(name[1:].split(".")[0]) for name in tensors if name.startswith("l"))
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(tensors["emb.word"]), freeze=True)
        position = torch.from_numpy(tensors["emb.pos"]) + torch.from_numpy(tensors["emb.type"][:hidden])
        self.position = nn.Parameter(position)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.layers = nn.ModuleList(Layer(hidden, heads, inner, epsilon, dropout) for _ in range(depth))
        self.dropout = nn.Dropout(dropout)
        self.flat, self.roles = nn.Linear(hidden, labels), nn.Linear(hidden, 3)
        self.slots = nn.Linear(hidden, len(COLUMNS))
        self._load(tensors)

    def _load(self, tensors: dict[str, Array]) -> None:
        targets = {(self.norm, "emb.ln")} | {
            (getattr(layer, ours), f"l{number}.{theirs}")
            for number, layer in enumerate(self.layers)
            for ours, theirs in LAYER_NAMES.items()
        }
        with torch.no_grad():
            for module, prefix in targets:
                module.weight.copy_(torch.from_numpy(tensors[f"{prefix}.w"]))
                module.bias.copy_(torch.from_numpy(tensors[f"{prefix}.b"]))

    def cut(self, depth: int) -> None:
        """Drop all layers but the lower `depth`."""
        self.layers = self.layers[:depth]

    def freeze(self, layers: int) -> None:
        """Keep the lower `layers`, and what stands below them, as they are; none for 0."""
        below: list[nn.Module] = [self.norm, *self.layers[:layers]] if layers else []
        for parameter in (p for module in below for p in module.parameters()):
            parameter.requires_grad_(False)
        self.position.requires_grad_(not layers)

    def forward(self, ids: Tensor, real: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, real (batch, pieces); real is 1 for a piece and 0 for padding. Scores (batch, pieces,
        labels or columns)."""
        return self.scores(self.body(self.word(ids), real))

    def at(self, ids: Tensor, real: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The scores at the pieces `firsts` (batch, words) only: float32, (batch, words, labels or
        columns)."""
        return self.scores_at(self.body(self.word(ids), real), firsts)

    def scores_at(self, x: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What `body` gives -> the scores at the pieces `firsts` only, float32."""
        x = x.gather(1, firsts[..., None].expand(-1, -1, x.shape[-1]))
        flat, roles, slots = self.scores(x)
        return flat.float(), roles.float(), slots.float()

    def scores(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What `body` gives -> scores of the flat, the ROLE and the slot layer."""
        return self.flat(x), self.roles(x), self.slots(x)

    def body(self, words: Tensor, real: Tensor | None) -> Tensor:
        """Word embeddings and real pieces (None: all are) -> what the label layers see, (batch, pieces,
        hidden)."""
        x, mask = self.begun(words, real)
        return self.dropout(self.through(x, mask)[-1])

    def begun(self, words: Tensor, real: Tensor | None) -> tuple[Tensor, Tensor | None]:
        """What the lowest layer sees of the word embeddings, and the mask of all layers."""
        x = self.dropout(self.norm(words + self.position[: words.shape[1]]))
        return x, None if real is None else (1.0 - real[:, None, None, :].to(x.dtype)) * -10000.0

    def through(self, x: Tensor, mask: Tensor | None, layers: slice = slice(None)) -> list[Tensor]:
        """What each of these layers, one after another, makes of what the first of them sees."""
        found = []
        for layer in self.layers[layers]:
            x = layer(x, mask)
            found.append(x)
        return found
