"""English inflections of a lemma, so that a reporting word is known in any form without the tagger's help.

The small model misreads tags in capitals and headlines ("POLICE SAID", "Mayor Denies"); the forms of a few hundred
reporting words are better written down.
"""

from __future__ import annotations

from collections.abc import Iterator

# Past and participle of those that are irregular; the rest follow the rules below.
_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "know": "knew known", "speak": "spoke spoken",
    "swear": "swore sworn", "foresee": "foresaw foreseen", "find": "found", "hold": "held", "read": "read", "put": "put",
    "show": "showed shown", "see": "saw seen", "hear": "heard", "feel": "felt", "begin": "began begun", "go": "went gone",
    "give": "gave given", "make": "made", "take": "took taken", "forecast": "forecast forecasted", "understand": "understood",
    "mean": "meant", "forbid": "forbade forbidden", "withdraw": "withdrew withdrawn", "overrule": "overruled", "rebut": "rebutted",
    "bid": "bade", "retell": "retold", "learn": "learned learnt", "dream": "dreamed dreamt", "forgive": "forgave forgiven",
    "uphold": "upheld", "cast": "cast", "let": "let", "lay": "laid", "undertake": "undertook undertaken",
    "choose": "chose chosen", "set": "set", "seek": "sought", "overthrow": "overthrew overthrown", "sing": "sang sung",
}  # fmt: skip
# Two-syllable verbs stressed on the last: they double their consonant as one-syllable ones do.
_DOUBLING = frozenset(
    "admit commit permit submit refer prefer infer defer confer deter concur recur rebut abhor regret".split()
)


def inflections(lemma: str) -> Iterator[str]:
    """The lemma with its -s, past, participle and -ing forms, in lower case."""
    yield lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        yield lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        yield lemma[:-1] + "ies"
    else:
        yield lemma + "s"
    if lemma in _IRREGULAR:
        yield from _IRREGULAR[lemma].split()
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) else lemma
    short = len(lemma) <= 4 and lemma[-1:] not in "wxyaeiou" and lemma[-2:-1] in "aeiou" and lemma[-3:-2] not in "aeiou"
    if short or lemma in _DOUBLING:
        stem = lemma + lemma[-1]
    if lemma not in _IRREGULAR:
        past = lemma + "d" if lemma.endswith("e") else stem + "ed"
        yield lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else past
    yield stem + "ing"


def plurals(lemma: str) -> Iterator[str]:
    """A noun and its plural."""
    yield lemma
    yield lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "s"
