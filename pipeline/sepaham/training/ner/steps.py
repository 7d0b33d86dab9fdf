"""Training steps, recorded on a GPU.

A step of some thousand pieces has so many small parts that starting them one by one takes most of the time.
So a step of one shape is recorded once, as a CUDA graph, and then replayed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from sepaham.training.ner.recipe import Rates, Steps

HEADS = ("flat.", "roles.", "slots.")
FIRST = (
    0.01  # share of the rate of the very first step: that of a graph is run some times before it is recorded
)
BEFORE_RECORDING = 3
KEPT_EVERY = 50  # steps; on a CPU, some minutes

Batch = dict[str, Tensor]
Loss = Callable[[Batch], Tensor]
Groups = tuple[list[nn.Parameter], list[nn.Parameter]]
One = TypeVar("One")


@dataclass(frozen=True)
class Adam:
    """Settings of AdamW that differ from torch's."""

    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8


def body_and_heads(net: nn.Module) -> Groups:
    """The trained parameters of the layers, and those of the label layers on top."""
    trained = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    return (
        [p for name, p in trained if not name.startswith(HEADS)],
        [p for name, p in trained if name.startswith(HEADS)],
    )


def autocast(device: torch.device) -> Any:
    """Reckoning in bfloat16 where that is safe, on a GPU or a processor with instructions for it: one without
    takes ten times as long. Casts of weights are not kept: a graph would replay old ones."""
    on = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, dtype=torch.bfloat16, cache_enabled=False, enabled=on)


class Trainer:
    """AdamW steps on one loss, whose batches have few different shapes; keeps a CUDA graph for each.

    On a CPU, where a stage takes hours, what it has learned so far is kept in a file from time to time, and
    the next run goes on there.
    """

    def __init__(
        self,
        groups: Groups,
        loss: Loss,
        rates: Rates,
        settings: Steps,
        device: torch.device,
        adam: Adam = Adam(),
        graphs: bool = True,
        part: Path | None = None,
    ) -> None:
        """Prepare the optimizer for (body, heads); `graphs` is False where the shapes inside a step vary.

        `part` is the file of a stage that is not done; None to keep nothing.
        """
        self.rates, self._settings, self._device = rates, settings, device
        self._graphs_wanted = graphs and device.type == "cuda"
        self._loss, self._parameters = loss, [*groups[0], *groups[1]]
        pairs = zip(groups, (rates.body, rates.head), strict=True)
        self._optimizer = torch.optim.AdamW(
            [{"params": params, "lr": self._number(rate)} for params, rate in pairs],
            weight_decay=settings.weight_decay,
            betas=adam.betas,
            eps=adam.eps,
            fused=True,
            capturable=self._graphs_wanted,
        )
        for parameter in self._parameters:
            parameter.grad = torch.zeros_like(parameter)
        self._recorded: dict[tuple[Any, ...], tuple[Any, Batch, Tensor]] = {}
        self._steps = 0
        self._part = part if device.type == "cpu" else None
        if self._part is not None and self._part.exists():
            self._go_on(self._part)

    def left(self, batches: Iterable[One]) -> Iterator[tuple[int, One]]:
        """The batches still to be learned, with their numbers: those before are drawn and dropped."""
        return islice(enumerate(batches), self._steps, None)

    def _go_on(self, part: Path) -> None:
        kept = torch.load(part, map_location="cpu", weights_only=True)
        with torch.no_grad():
            for parameter, value in zip(self._parameters, kept["parameters"], strict=True):
                parameter.copy_(value)
        self._optimizer.load_state_dict(kept["optimizer"])
        torch.set_rng_state(kept["chance"])
        self._steps = kept["steps"]

    def _keep(self, part: Path) -> None:
        part.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "parameters": [parameter.detach() for parameter in self._parameters],
            "optimizer": self._optimizer.state_dict(),
            "chance": torch.get_rng_state(),
            "steps": self._steps,
        }
        new = part.with_suffix(".new")
        torch.save(kept, new)
        new.replace(part)

    def _number(self, value: float) -> Any:
        # A recorded step reads the rate from where it stood.
        return torch.tensor(value, device=self._device) if self._graphs_wanted else value

    def step(self, arrays: Mapping[str, Any], step: int, total: int) -> Tensor:
        """One step on a batch of arrays or tensors, number `step` of `total` in the schedule; its loss."""
        share = self.rates.share(step, total) if self._steps else FIRST
        self._steps += 1
        for group, rate in zip(self._optimizer.param_groups, (self.rates.body, self.rates.head), strict=True):
            if self._graphs_wanted:
                group["lr"].fill_(rate * share)
            else:
                group["lr"] = rate * share
        batch = {name: torch.as_tensor(value) for name, value in arrays.items()}
        if not self._graphs_wanted:
            loss = self._run({name: value.to(self._device) for name, value in batch.items()})
            if self._part is not None and self._steps % KEPT_EVERY == 0:
                self._keep(self._part)
            return loss
        key = tuple((name, *value.shape) for name, value in batch.items())
        if key not in self._recorded:
            self._recorded[key] = self._record({n: v.to(self._device, copy=True) for n, v in batch.items()})
        graph, buffers, loss = self._recorded[key]
        for name, value in batch.items():
            buffers[name].copy_(value)
        graph.replay()
        return loss

    def _record(self, buffers: Batch) -> tuple[Any, Batch, Tensor]:
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(BEFORE_RECORDING):
                self._run(buffers)
        torch.cuda.current_stream().wait_stream(side)
        torch.cuda.synchronize()
        torch.cuda.empty_cache()  # memory cannot be given back while recording
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            loss = self._run(buffers)
        return graph, buffers, loss

    def _run(self, batch: Batch) -> Tensor:
        # Gradients stay where they are: a recorded step writes to the same place.
        self._optimizer.zero_grad(set_to_none=False)
        with autocast(self._device):
            loss = self._loss(batch)
        loss.backward()
        nn.utils.clip_grad_norm_(self._parameters, self._settings.clip)
        self._optimizer.step()
        return loss.detach()


class Told:
    """Says the mean loss of the last steps from time to time."""

    def __init__(self, name: str, tell: Callable[[str], None], every: int = 200) -> None:
        """`name` is that of the stage."""
        self._name, self._tell, self._every = name, tell, every
        self._losses: list[Tensor] = []

    def add(self, loss: Tensor, step: int, total: int) -> None:
        """Take in the loss of a step, counted from 0."""
        self._losses.append(loss.clone())
        if len(self._losses) == self._every or step + 1 == total:
            mean = float(torch.stack(self._losses).mean())
            self._tell(f"{self._name}: step {step + 1} of {total}, loss {mean:.4f}")
            self._losses = []


def average(many: Iterable[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of weights of the same names and shapes."""
    found = list(many)
    return {name: torch.stack([w[name].float() for w in found]).mean(0) for name in found[0]}
