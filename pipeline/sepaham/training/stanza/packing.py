"""What is kept of a model that Stanza's trainers wrote: weights in half precision, no needless words."""

import hashlib
import json
from pathlib import Path
from typing import Any

import torch

from sepaham.ner.stanza import PACKAGE
from sepaham.ner.weights import MANIFEST


def model_file(folder: Path, stage: str) -> Path:
    """Where Stanza looks for the model of a stage in a folder of models."""
    path = folder / "id" / stage / f"{PACKAGE}.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def options(table: dict[str, Any]) -> list[str]:
    """A table of a recipe as command line options of a Stanza trainer; a switch is `true`."""
    return [word for name, value in table.items() for word in _option(name, value)]


def _option(name: str, value: Any) -> list[str]:
    return [f"--{name}"] if value is True else [f"--{name}", str(value)]


def single(vectors: Path, out: Path) -> None:
    """Copy vectors in half precision into single precision, which the trainers ask for."""
    state = torch.load(vectors, map_location="cpu", weights_only=True)
    torch.save(state | {"emb": state["emb"].float()}, out, _use_new_zipfile_serialization=False)


def halved(source: Path, out: Path) -> None:
    """Copy a model, floats in half precision (Stanza loads them into single), without folders and such
    words of the training texts as the model does not look at."""
    state = torch.load(source, map_location="cpu", weights_only=True)
    weights = state["model"]
    state["model"] = weights and {
        name: value.half() if torch.is_tensor(value) and value.is_floating_point() else value
        for name, value in weights.items()
        if not name.startswith("delta_emb.")
    }
    if not state["config"].get("emb_finetune", True):
        state["vocab"].pop("delta", None)
        state["vocab"]["_key2class"].pop("delta", None)
    state["config"] = {name: _plain(value) for name, value in state["config"].items()}
    torch.save(state, out, _use_new_zipfile_serialization=False)


def _plain(value: Any) -> Any:
    """A setting without the place where the training ran."""
    return Path(value).name if isinstance(value, str) and "/" in value else value


def write_manifest(folder: Path) -> None:
    """The SHA-256 of every model in the folder, and of the list by which Stanza finds them."""
    files = [folder / "resources.json", *sorted((folder / "id").rglob("*.pt"))]
    hashes = {
        f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in files
        if f.is_file()
    }
    (folder / MANIFEST).write_text(json.dumps({"sha256": hashes}, indent=1) + "\n", encoding="utf-8")
