"""The training loop of the encoder: batches of windows, the loss over what a corpus allows, the schedule."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from sepaham.ner.slots import PAPER_COLUMNS, STATE_COLUMNS
from sepaham.training.ner.augment import Copies, augmented
from sepaham.training.ner.corpora import Corpora
from sepaham.training.ner.examples import Example
from sepaham.training.ner.network import Encoder
from sepaham.training.ner.windows import Labels, Window, piece_id, windows

HEADS = ("flat.", "roles.", "slots.")


@dataclass(frozen=True)
class Fit:
    """The table `training` of a phase."""

    seed: int
    epochs: int
    window: int
    batch_pieces: int
    learning_rate: float
    head_rate: float
    weight_decay: float
    warm_up: float
    floor: float
    clip: float
    threads: int
    depth: int  # layers that are kept, the lower ones; fewer of them are read faster
    frozen: int  # of these the lower ones that stay as they are


@dataclass(frozen=True)
class Mix:
    """The table `data` of a phase: what an epoch holds; the shares are drawn anew for each."""

    gold: tuple[str, ...]
    gold_repeats: int
    idner_share: float
    spacyndo_share: float
    copies: Copies


@dataclass(frozen=True)
class Batch:
    """Padded windows: `row`, `piece` point at the piece of each word; `flat`, `roles` are its allowed
    labels."""

    ids: Tensor
    real: Tensor
    row: Tensor
    piece: Tensor
    flat: Tensor
    roles: Tensor
    slots: Tensor


def epoch_examples(
    corpora: Corpora, mix: Mix, draw: random.Random, without: frozenset[str] = frozenset()
) -> list[Example]:
    """The examples of one epoch, some of them as careless copies."""
    some = [
        example
        for examples, share in ((corpora.idner, mix.idner_share), (corpora.spacyndo, mix.spacyndo_share))
        for example in draw.sample(examples, round(len(examples) * share))
    ]
    articles = corpora.articles(mix.gold, without)
    return [augmented(e, draw, mix.copies) for e in (*articles * mix.gold_repeats, *some)]


def in_batches(found: Iterable[Window], pieces: int, draw: random.Random) -> list[list[Window]]:
    """Windows of about one length together, at most `pieces` with padding, in a drawn order."""
    batches: list[list[Window]] = []
    batch: list[Window] = []
    longest = 0
    for window in sorted(found, key=lambda w: len(w.ids) + draw.random() * 10):
        longest = max(longest, len(window.ids))
        if batch and longest * (len(batch) + 1) > pieces:
            batches.append(batch)
            batch, longest = [], len(window.ids)
        batch.append(window)
    batches.append(batch)
    draw.shuffle(batches)
    return batches


def collate(batch: list[Window], padding: int) -> Batch:
    """The windows as padded tensors."""
    longest = max(len(window.ids) for window in batch)
    ids = torch.full((len(batch), longest), padding)
    real = torch.zeros((len(batch), longest), dtype=torch.long)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        real[row, : len(window.ids)] = 1
    return Batch(
        ids,
        real,
        torch.tensor([row for row, window in enumerate(batch) for _ in window.firsts]),
        torch.tensor([piece for window in batch for piece in window.firsts]),
        torch.from_numpy(np.concatenate([window.flat for window in batch])),
        torch.from_numpy(np.concatenate([window.roles for window in batch])),
        torch.from_numpy(np.concatenate([window.slots for window in batch])),
    )


def marginal_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean negative log-probability that a word has one of its allowed labels; scores, allowed (words,
    labels)."""
    scores = scores.float()
    return (scores.logsumexp(-1) - scores.masked_fill(~allowed, -1e4).logsumexp(-1)).mean()


def slot_loss(scores: Tensor, targets: Tensor) -> Tensor:
    """Cross entropy of the columns that the gold knows, summed over columns and averaged over words that it
    knows; scores, targets (words, columns), NaN for unknown."""
    known = ~targets.isnan()
    if not bool(known.any()):
        return scores.sum() * 0
    scores, filled = scores.float(), targets.nan_to_num()
    single = functional.binary_cross_entropy_with_logits(scores, filled, reduction="none") * known
    single[:, STATE_COLUMNS] = 0
    states, allowed = scores[:, STATE_COLUMNS], filled[:, STATE_COLUMNS] > 0
    papers = known[:, STATE_COLUMNS.start]
    loss = single[:, : STATE_COLUMNS.start].sum() / known[:, 0].sum().clamp(min=1)
    if bool(papers.any()):
        loss = loss + 0.1 * marginal_loss(states[papers], allowed[papers])
        loss = loss + 0.1 * single[:, PAPER_COLUMNS].sum() / papers.sum()
    return loss


def optimizer_of(net: nn.Module, fit: Fit) -> torch.optim.AdamW:
    """AdamW with a rate of its own for the layers on top."""
    trained = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    head = [p for name, p in trained if name.startswith(HEADS)]
    body = [p for name, p in trained if not name.startswith(HEADS)]
    groups = [{"params": body, "lr": fit.learning_rate}, {"params": head, "lr": fit.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=fit.weight_decay, fused=True)


def schedule(fit: Fit, total: int) -> Callable[[int], float]:
    """Share of the learning rate at a step: linearly up, then linearly down to the floor."""
    warm = max(1, round(total * fit.warm_up))
    return lambda step: min((step + 1) / warm, max(fit.floor, (total - step) / max(1, total - warm)))


def train(
    net: Encoder,
    corpora: Corpora,
    mix: Mix,
    fit: Fit,
    tokenizer: Tokenizer,
    labels: Labels,
    tell: Callable[[str], None],
    keep: Callable[[nn.Module], None],
    without: frozenset[str] = frozenset(),
) -> None:
    """Fit the net in place, articles of `without` left out, calling `keep` after each epoch.

    The same for the same seed, threads and machine type.
    """
    torch.manual_seed(fit.seed)
    torch.set_num_threads(fit.threads)
    net.cut(fit.depth)
    net.freeze(fit.frozen)
    draw = random.Random(fit.seed)  # noqa: S311 - a seeded draw, no secret
    padding = piece_id(tokenizer, "<pad>")

    def batches() -> list[list[Window]]:
        found = (
            w
            for e in epoch_examples(corpora, mix, draw, without)
            for w in windows(e, tokenizer, labels, fit.window, draw)
        )
        return in_batches(found, fit.batch_pieces, draw)

    # Every epoch is cut beforehand, so that the schedule knows the number of steps.
    epochs = [batches() for _ in range(fit.epochs)]
    total = sum(map(len, epochs))
    optimizer = optimizer_of(net, fit)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule(fit, total))
    net.train()
    step, loss_sum = 0, 0.0
    for epoch in epochs:
        for windows_ in epoch:
            loss_sum += _step(net, collate(windows_, padding), optimizer, fit.clip)
            rates.step()
            step += 1
            if step % 50 == 0:
                tell(f"step {step} of {total}, loss {loss_sum / 50:.4f}")
                loss_sum = 0.0
        keep(net)
    net.eval()


def _step(net: nn.Module, batch: Batch, optimizer: torch.optim.Optimizer, clip: float) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        flat, roles, slots = net(batch.ids, batch.real)
    loss = marginal_loss(flat[batch.row, batch.piece], batch.flat)
    loss = loss + marginal_loss(roles[batch.row, batch.piece], batch.roles)
    loss = loss + slot_loss(slots[batch.row, batch.piece], batch.slots)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), clip)
    optimizer.step()
    return float(loss.detach())
