"""Questions to a ledger, measured on made stories whose truth is known (`worlds_told`), through the real pipeline.

    python benchmarks/ask.py [--worlds N] [--seed S] [--reports N] [--show]

Each world is read into a ledger of its own and asked in several wordings, none of them the words that the stories are made of: how
many (killed, injured, missing, displaced; in the main town, in the village, last month), who did it, whether, what the reports call
unknown; and what nobody can know from them: other towns, measures that nobody counts, matters that nobody tells of.

Printed for each kind: right, half (one side of what is told of both), several (all that may be meant, none chosen), abstained though
the reports tell it, and wrong. A number that its own speaker has revised, given as the current one, is wrong; so is any answer to what
cannot be known. With --show every question that was not answered right.

Seeds from 1 to 99 are for mending; figures that are told anywhere come from seeds of 1000 and more.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import worlds_phrases as p
import worlds_words as w
from sayso import ledger
from sayso.model import Asked, Captured, Outcome
from sayso.pipeline import text_report
from worlds_matters import Story
from worlds_told import Told, tell

VERDICTS = ("right", "half", "several", "abstained", "wrong")
COUNT_WORDS: dict[str, tuple[str, ...]] = {
    "killed": (
        "What is the death toll in {town}?", "How many lives were lost in {town}?", "number of fatalities in {town}",
        "how many people have perished in {town}?",
    ),
    "injured": ("How many people got hurt in {town}?", "Number of wounded in {town}?", "How many injuries were there in {town}?"),
    "missing": ("How many people have not been accounted for in {town}?", "How many are missing in {town}?"),
    "displaced": ("How many people had to leave their homes in {town}?", "How many are homeless in {town}?"),
}  # fmt: skip
WHO_WORDS = (
    "Who is to blame for the {event} in {town}?", "Which side was behind what happened in {town}?", "Who attacked {town}?",
    "Who is responsible for the attack on {town}?",
)  # fmt: skip
WHETHER_WORDS: dict[str, tuple[str, ...]] = {
    "fight": ("Was the attack on {town} beaten back?", "Have the attackers been driven out of {town}?"),
    "control": ("Has {town} been seized?", "Is {town} in enemy hands?"),
    "meant": ("Was the hospital in {town} targeted on purpose?", "Was it deliberate that the hospital in {town} was struck?"),
    "corridor": ("Is the road from {town} open to civilians?", "Can civilians use the road out of {town}?"),
    "talks": ("Have they agreed on a ceasefire at {town}?", "Is there a truce at {town}?"),
    "plant": ("Did the power station near {town} get damaged?", "Was the power plant at {town} harmed?"),
}  # fmt: skip
OPEN_WORDS: dict[str, tuple[str, ...]] = {
    "how_many": ("How many people are trapped in {town}?", "How many people were trapped?"),
    "why": ("Why were the sirens in {town} silent?",),
    "where": ("Where did the shells come from?", "Where had the shots come from?"),
}
UNKNOWABLE = (
    "How many people were killed in {elsewhere}?", "Who attacked {elsewhere}?", "How many people were arrested in {town}?",
    "Did the mayor of {town} resign?", "Was the bridge in {town} destroyed?", "When will the airport in {town} reopen?",
    "How many houses burned down in {town}?", "Did {elsewhere} sign the treaty?", "Who won the election in {town}?",
    "How many firefighters died in {town}?", "Is the railway station in {elsewhere} closed?", "What is the name of the mayor of {town}?",
    "Did the prime minister visit {town}?", "How much did the power station cost?",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A question with what is right: ``numbers`` that stand, ``told`` sides or names, or neither where nothing can be known."""

    kind: str
    question: str
    numbers: frozenset[float] = frozenset()
    told: frozenset[str] = frozenset()
    open: bool = False


def cases(story: Story, told: Sequence[Told]) -> Iterator[Case]:
    """The questions of one story, by what its reports really tell."""
    sayings = {item.saying.key: item.saying for each in told for item in each.items}.values()
    towns = {i.town for i in story.incidents.values()}
    main = story.incidents["main"].town
    for key, incident in story.incidents.items():
        if key == "old" and incident.town in (main, story.incidents["village"].town):
            continue  # the question would not tell which is meant
        for measure, wordings in COUNT_WORDS.items():
            here = [s for s in sayings if s.matter == f"{measure} {key}" and s.kind in ("count", "revised")]
            latest: dict[int, tuple[int, float]] = {}
            for s in here:
                latest[s.speaker] = max(latest.get(s.speaker, (-1, 0.0)), (s.day, s.answer.best))
            for wording in wordings:
                kind = f"how many ({key})" if here else "not told"
                when = " last month?" if key == "old" else ""
                question = wording.format(town=incident.town)
                yield Case(
                    kind, question.rstrip("?") + when if when else question, frozenset(n for _, n in latest.values())
                )
        blamed = [s for s in sayings if s.matter == f"who {key}" and not s.denies]
        if key != "old":
            names = {"them": story.them[0], "group": story.speakers[7].short.removeprefix("the ")}
            event = p.INCIDENTS[incident.kind]["event"].strip("{}").split("|")[0]
            for wording in WHO_WORDS:
                yield Case(
                    "who" if blamed else "not told", wording.format(town=incident.town, event=event), told=frozenset(names[s.answer.key] for s in blamed)
                )  # fmt: skip
    for topic, wordings in WHETHER_WORDS.items():
        sides = frozenset(s.answer.key for s in sayings if s.matter == f"whether {topic}")
        for wording in wordings:
            yield Case("whether" if sides else "not told", wording.format(town=main), told=sides)
    for topic, wordings in OPEN_WORDS.items():
        asked = any(s.matter == f"open {topic}" for s in sayings)
        for wording in wordings:
            yield Case("open" if asked else "not told", wording.format(town=main), open=asked)
    elsewhere = next(town for town in w.TOWNS if town not in towns)
    for wording in UNKNOWABLE:
        yield Case("unknowable", wording.format(town=main, elsewhere=elsewhere))


def judge(case: Case, asked: Asked) -> str:
    """What an answer is worth."""
    standing = [g for g in asked.given if not g.before]
    if case.open:
        return "right" if asked.outcome is Outcome.OPEN else "wrong" if asked.given else "abstained"
    if not case.numbers and not case.told:
        return "wrong" if asked.given else "right"
    if not asked.given:
        return "abstained"
    if not standing:
        return "wrong"
    if case.numbers:
        if asked.outcome is Outcome.SEVERAL and not all(g.claim.answer.best in case.numbers for g in standing):
            return "several"
        return "right" if standing[0].claim.answer.best in case.numbers else "wrong"
    if case.kind == "who":
        said = {g.answer for g in standing if not g.answer.startswith("denied by ")}
        named = {name for name in case.told if any(name.casefold() in s.casefold() for s in said)}
        return "right" if named and all(any(n.casefold() in s.casefold() for n in case.told) for s in said) else "wrong"
    sides = {g.answer for g in standing}
    return "right" if sides == case.told else "half" if sides < case.told else "wrong"


def asked_of(seed: int, size: int, folder: Path) -> Iterator[tuple[Case, Asked]]:
    """The questions of one world, with what its ledger answers."""
    story, told = tell(seed, reports=size)
    with ledger.open(str(folder / f"{seed}.db"), create=True) as opened:
        reports = [
            text_report(t.text, place=f"{n}.txt", outlet=t.outlet, published=t.published) for n, t in enumerate(told)
        ]
        opened.add_captured([Captured(report, report.text.encode("utf-8")) for report in reports])
        yield from ((case, opened.ask(case.question)) for case in cases(story, told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--worlds", type=int, default=6)
    parser.add_argument("--reports", type=int, default=12, help="of each world")
    parser.add_argument("--show", action="store_true", help="print what was not answered right")
    args = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(args.seed, args.seed + args.worlds):
            for case, asked in asked_of(seed, args.reports, Path(folder)):
                verdict = judge(case, asked)
                counts[case.kind][verdict] += 1
                if args.show and verdict != "right":
                    truth = [*map(str, sorted(case.numbers)), *sorted(case.told)] or (
                        "open" if case.open else "nothing"
                    )
                    print(
                        f"{seed} {case.kind} {verdict.upper()}: {case.question}\n    truth {truth}; {asked.words[:300]}  {asked.reasons[:2]}"
                    )
    print(f"{'kind':24}" + "".join(f"{v:>11}" for v in VERDICTS) + f"{'all':>8}")
    for kind in sorted(counts):
        print_row(kind, counts[kind])
    told = sum((counts[k] for k in counts if k not in ("not told", "unknowable")), Counter[str]())
    silent = sum((counts[k] for k in counts if k in ("not told", "unknowable")), Counter[str]())
    print_row("all that is told", told)
    print_row("all that is not", silent)


def print_row(kind: str, row: Counter[str]) -> None:
    print(f"{kind:24}" + "".join(f"{row[v]:>11}" for v in VERDICTS) + f"{row.total():>8}")


if __name__ == "__main__":
    main()
