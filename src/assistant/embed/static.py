"""The fitted table as a folder that sentence-transformers opens: StaticEmbedding, Dense (the map), Normalize.

``SentenceTransformer(folder).encode("補助 承継")`` gives the vector of the two words, up to what a mean cannot do: a
word that stands there twice counts twice there and √2 times here, and a word that was not fitted counts nothing there.
Written and read without torch; words are set apart by blanks (:func:`assistant.tokens.tokens` finds them in a text).

=========================  ==============================================================
``modules.json``           which modules, in order
``tokenizer.json``         every word with its row; row 0 is any other word, all zero
``model.safetensors``      float32 (words + 1, dimension): each word's vector times its weight
``1_Dense``                float32 (dimension, dimension): the map, transposed as torch keeps it
``2_Normalize``            rows of length one
=========================  ==============================================================
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save
from tokenizers import Tokenizer, models, pre_tokenizers

from .base import Matrix

_UNKNOWN = "[UNK]"
_EMBEDDING = "embedding.weight"
_MAP = "linear.weight"
_SENTENCE = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
_MODULES = (
    ("", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
    ("1_Dense", "sentence_transformers.base.modules.dense.Dense"),
    ("2_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
)


@dataclass(frozen=True, slots=True)
class Static:
    """``rows`` (n, dimension) of ``words``, each a vector times its weight, and the ``map`` (dimension, dimension)."""

    words: tuple[str, ...]
    rows: Matrix
    map: Matrix


def write_static(folder: Path, static: Static) -> None:
    """Writes the folder; words must not hold blanks."""
    dimension = static.map.shape[0]
    for place, _ in _MODULES:
        (folder / place).mkdir(parents=True, exist_ok=True)
    modules = [{"idx": at, "name": str(at), "path": path, "type": sort} for at, (path, sort) in enumerate(_MODULES)]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})
    table = {_UNKNOWN: 0, **{word: at for at, word in enumerate(static.words, start=1)}}
    tokenizer = Tokenizer(models.WordLevel(table, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"))
    rows = np.vstack([np.zeros((1, dimension), np.float32), static.rows.astype(np.float32)])
    _save(folder / "model.safetensors", _EMBEDDING, rows)
    linear = {"in_features": dimension, "out_features": dimension, "bias": False}
    identity = {"activation_function": "torch.nn.modules.linear.Identity"}
    _write_json(folder / "1_Dense" / "config.json", {**linear, **identity, **_SENTENCE})
    _save(folder / "1_Dense" / "model.safetensors", _MAP, np.ascontiguousarray(static.map.T, dtype=np.float32))
    _write_json(folder / "2_Normalize" / "config.json", _SENTENCE)


def _save(file: Path, name: str, rows: Matrix) -> None:
    """One array as safetensors.  The library's own ``save_file`` lets nobody but the owner read what it writes."""
    file.write_bytes(save({name: rows}))


def read_static(folder: Path) -> Static:
    """Reads a folder that :func:`write_static` wrote; raises OSError, ValueError or KeyError for another one."""
    stated = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    words = sorted(stated, key=stated.__getitem__)[1:]
    rows = load_file(folder / "model.safetensors")[_EMBEDDING][1:]
    if len(rows) != len(words):
        raise ValueError(f"{folder} has {len(words)} words and {len(rows)} rows")
    return Static(tuple(words), rows, load_file(folder / "1_Dense" / "model.safetensors")[_MAP].T)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
