"""Makes `lang/en/case.txt`: which words mostly stand with a capital inside a sentence.

    python -m training.case TEXT_FILE_OR_FOLDER ... --out src/kavass/lang/en/case.txt

Counts over texts that may train shipped weights (the card at the head of the table names them); no text is kept, only words.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter
from pathlib import Path

HEAD = """\
# English: words that mostly stand with a capital (title), in capitals (upper) or without (lower) inside a sentence. Made by
# training/case.py, for kavass, from counts over the texts of PolNeAR (training part), LGL, TR-News and GeoVirus, research corpora
# whose licences let them train what is shipped; no text of theirs is here. Apache-2.0.
"""
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
OPENS = re.compile(r"(?:^|[.?!:\"“”‘(\[-])\s*$")
SHOUTED = 0.3  # share of capitals from which on a line is a headline


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("texts", nargs="+", type=Path)
    given.add_argument("--out", type=Path, required=True)
    said = given.parse_args()
    title, lower, upper = Counter[str](), Counter[str](), Counter[str]()
    for file in (f for p in said.texts for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])):
        for line in file.read_text("utf-8").splitlines():
            if len(line) >= 60 and sum(c.isupper() for c in line) < SHOUTED * sum(c.isalpha() for c in line):
                _count(line, title, lower, upper)
    picked = {w for w in {*title, *upper} if title[w] + upper[w] >= 2 * lower[w] + 1}
    shouted = sorted(w for w in picked if upper[w] > title[w])
    named = sorted(picked - set(shouted))
    common = sorted(w for w in lower if w not in picked and len(w) > 2 and w.isalpha())
    tables = (("title", named), ("upper", shouted), ("lower", common))
    blocks = (f"[{way}]\n{textwrap.fill(' '.join(words), 120)}\n" for way, words in tables)
    said.out.write_text("\n".join((HEAD, *blocks)), "utf-8")
    print(f"{len(named)} with a capital, {len(shouted)} in capitals, {len(common)} without")


def _count(line: str, title: Counter[str], lower: Counter[str], upper: Counter[str]) -> None:
    for found in WORD.finditer(line):
        word = found[0]
        if len(word) > 1 and word.isupper():
            upper[word.lower()] += 1
        elif word[0].islower():
            lower[word.lower()] += 1
        elif not OPENS.search(line[max(0, found.start() - 4) : found.start()]):
            title[word.lower()] += 1


if __name__ == "__main__":
    main()
