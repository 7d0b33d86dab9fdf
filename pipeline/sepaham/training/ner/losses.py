"""What the encoder is trained by. All losses are means over the words that are told of, so that padding
changes nothing; shapes are fixed and nothing branches on data, as CUDA graphs need it."""

from torch import Tensor
from torch.nn import functional

from sepaham.ner.slots import PAPER_COLUMNS, STATE_COLUMNS

SINGLE = slice(0, STATE_COLUMNS.start)  # the slot columns that any word may have
PAPER_WEIGHT = 0.1  # of what is told at names of papers only: few words, most of them alike

Scores = tuple[Tensor, Tensor, Tensor]
"""Flat, ROLE and slot scores, (rows, words, labels or columns)."""


def mean(losses: Tensor, told: Tensor) -> Tensor:
    """The mean of (…, words) losses over the words that are told of, 0 where there are none."""
    weights = told.float()
    return (losses * weights).sum() / weights.sum().clamp(min=1)


def marginal(scores: Tensor, allowed: Tensor) -> Tensor:
    """Negative log-probability that a word has one of its allowed labels; scores, allowed (…, labels)."""
    return scores.logsumexp(-1) - scores.masked_fill(~allowed, -1e4).logsumexp(-1)


def slot_loss(scores: Tensor, targets: Tensor, told: Tensor) -> Tensor:
    """Cross entropy of the columns that the gold knows, summed over columns and averaged over words that it
    knows; scores, targets (…, words, columns), NaN for unknown."""
    known = ~targets.isnan() & told[..., None]
    filled = targets.nan_to_num()
    single = functional.binary_cross_entropy_with_logits(scores, filled, reduction="none") * known
    loss = single[..., SINGLE].sum() / known[..., 0].sum().clamp(min=1)
    papers = known[..., STATE_COLUMNS.start]
    allowed = (filled[..., STATE_COLUMNS] > 0) | ~papers[..., None]
    loss = loss + PAPER_WEIGHT * mean(marginal(scores[..., STATE_COLUMNS], allowed), papers)
    return loss + PAPER_WEIGHT * single[..., PAPER_COLUMNS].sum() / papers.sum().clamp(min=1)


def entity_loss(scores: Scores, batch: dict[str, Tensor]) -> Tensor:
    """The flat and the ROLE layer against what a corpus allows; `batch` is that of `batches.rows`."""
    flat, roles, _ = scores
    loss = mean(marginal(flat, batch["flat"]), batch["told"])
    return loss + mean(marginal(roles, batch["roles"]), batch["told"])


def gold_loss(scores: Scores, batch: dict[str, Tensor]) -> Tensor:
    """All three layers against gold."""
    return entity_loss(scores, batch) + slot_loss(scores[2], batch["slots"], batch["told"])


def soft_loss(wanted: Tensor, scores: Tensor, weights: Tensor) -> Tensor:
    """Cross entropy with wanted probabilities (…, words, labels), averaged by `weights` (…, words)."""
    weights = weights.float()
    losses = -(wanted * scores.log_softmax(-1)).sum(-1)
    return (losses * weights).sum() / weights.sum().clamp(min=1)


def soft_slot_loss(wanted: Tensor, scores: Tensor, told: Tensor, papers: Tensor) -> Tensor:
    """The slots against wanted probabilities (…, words, columns); `papers` (…, words) is how likely a word is
    of the name of a paper, which weighs what is told there only."""
    each = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    states = soft_loss(wanted[..., STATE_COLUMNS], scores[..., STATE_COLUMNS], papers)
    others = (each[..., PAPER_COLUMNS].sum(-1) * papers).sum() / papers.sum().clamp(min=1)
    return mean(each[..., SINGLE].sum(-1), told) + PAPER_WEIGHT * (states + others)
