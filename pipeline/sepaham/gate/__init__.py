"""The gate: a cheap test without a model that lets only articles through which can hold an agreement."""

from sepaham.gate.judge import Cue, GateResult, amounts, judge, passes

__all__ = ["Cue", "GateResult", "amounts", "judge", "passes"]
