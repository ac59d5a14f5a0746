"""What a text tells, clause by clause: a predicate, whether it is so, who does it and whom it befalls, and which issues it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sayso.link.compare.governing import Held, governs_clause, held, under_a_turn
from sayso.link.compare.issues import Answering, answering, key_of
from sayso.link.compare.parsed import Named, Parse, named
from sayso.link.words import stem

MOST_STANCES = 60  # of a short text: a sentence of a hundred words has some twenty

# Verbs that tell nothing by themselves: they carry what stands beside them, or say that somebody says it.
_LIGHT = frozenset("be have do say tell get become seem appear add report make".split())
_COPULAS = frozenset(
    "be remain stay become seem appear look prove get go turn stand keep leave find fall feel lie rule declare".split()
)


@dataclass(frozen=True, slots=True)
class Stance:
    """One thing told. ``doer`` and ``thing`` are who does it and whom it befalls, whatever the voice; ``beside`` what stands in it by
    prepositions. ``answers`` are issues with the one for whom the word answers."""

    key: str
    word: str
    held: Held
    doer: Named | None
    thing: Named | None
    beside: Mapping[str, Named] = field(default_factory=dict)
    answers: tuple[tuple[Answering, Named | None], ...] = ()
    at: int = 0
    verb: str = ""  # the verb of ``key`` alone, with its particle


def stances_of(parse: Parse) -> tuple[Stance, ...]:
    """What a text tells, in its order: its first clauses, where it is long."""
    return tuple(islice((s for n in range(len(parse)) if (s := _stance(parse, n)) is not None), MOST_STANCES))


def _stance(parse: Parse, n: int) -> Stance | None:
    token = parse[n]
    if token.pos == "VERB" and token.dep not in ("aux", "auxpass", "amod", "compound", "case"):
        return _of_verb(parse, n)
    if token.pos == "AUX" and token.dep not in ("aux", "auxpass"):
        return None  # what it says of its subject stands for itself
    if _is_predicative(parse, n):
        return _of_predicative(parse, n)
    return _of_noun(parse, n) if token.pos == "NOUN" and under_a_turn(parse, n) else None


def _of_noun(parse: Parse, n: int) -> Stance:
    """What a noun tells under a word that turns it: "blocked the extradition of the minister", "the strike was called off"."""
    owner, of = parse.first(n, "poss"), _by_preposition(parse, n)
    doer = named(parse, owner) if owner is not None else of.get("by")
    beside = {prep: noun for prep, noun in of.items() if prep not in ("of", "by")}
    token = parse[n]
    return Stance(stem(token.base), token.word, held(parse, n), doer, of.get("of"), beside, (), n)


def _is_predicative(parse: Parse, n: int) -> bool:
    token, head = parse[n], parse.head(n)
    if head is None:  # "Mayor out", "Bridge closed"
        return token.pos in ("ADJ", "ADV") and bool(parse.children(n, "nsubj", "nsubjpass", "compound"))
    if token.dep in ("acomp", "attr", "oprd"):
        return True
    if token.dep in ("advmod", "prep", "prt") and token.pos in ("ADV", "ADP", "ADJ"):
        after = parse.children(n, "pobj", "pcomp")
        return parse[head].base in ("be", "remain", "stay", "keep") and (not after or token.low in ("for", "against"))
    if token.dep in ("ccomp", "xcomp", "advcl", "amod", "conj") and token.pos == "ADJ":
        return bool(parse.children(n, "nsubj")) or parse[head].base in _COPULAS or token.dep == "conj"
    if token.dep == "advmod" and token.pos == "ADV":
        return parse[head].pos == "VERB" and key_of(token.low) in answering()
    if token.dep == "pobj" and token.pos in ("NOUN", "ADJ"):
        return _phrase_key(parse, n) in answering() or not parse.children(n, "det", "poss", "prep")
    return False


def _of_verb(parse: Parse, n: int) -> Stance | None:
    doer, thing = _roles(parse, n)
    if parse.first(n, "dobj") is not None and _mistaken(parse, n):
        thing = None  # "crashed in Varn": the place
    keys = list(_keys(parse, n))
    beside = _by_preposition(parse, n)
    object_at = parse.first(n, "dobj")
    if object_at is not None and (rival := _by_preposition(parse, object_at).get("against")) is not None:
        beside.setdefault("against", rival)  # "won its case against the city"
    answers = tuple(_answers(keys, doer, thing, beside, parse, n))
    base = parse[n].base
    if governs_clause(parse, n):
        return None  # "refused to sign", "managed to land": what it governs tells it
    if base in _LIGHT and not answers and not (base in ("have", "make", "get") and thing):
        return None
    particle = _particle(parse, n)
    verb = key_of(base, *([parse[particle].low] if particle is not None else []))
    key = next((k for k in keys if k in answering()), verb)
    return Stance(key, parse[n].word, held(parse, n), doer, thing, beside, answers, n, verb)


def _of_predicative(parse: Parse, n: int) -> Stance | None:
    token, head = parse[n], parse.head(n)
    if token.dep == "pobj":
        prep = parse.head(n)
        up = parse.head(prep) if prep is not None else None
        while up is not None and parse[up].dep in ("prep", "advmod", "pobj") and parse[up].pos in ("ADP", "ADV"):
            up = parse.head(up)
        if up is None or parse[up].pos not in ("VERB", "AUX"):
            return None
        doer = _said_of(parse, up)
        key = _phrase_key(parse, n)
        if key not in answering() and token.low.endswith("ing"):
            key = stem(token.base.removesuffix("ing"))  # "kept from sailing"
        elif key not in answering() and parse[up].base not in _COPULAS:
            return None
        return Stance(
            key, token.word, held(parse, n), doer, None, {}, tuple(_answers([key], doer, None, {}, parse, n)), n
        )
    own = parse.first(n, "nsubj", "nsubjpass")
    if own is not None:
        doer = named(parse, own)
    elif token.dep == "conj" and head is not None:
        above = parse.head(head)
        doer = _said_of(parse, above) if above is not None else None
    elif head is None:
        below = parse.first(n, "compound")
        doer = named(parse, below) if below is not None else None
    elif token.dep == "advmod" and parse[head].pos == "VERB" and parse[head].base not in _COPULAS:
        mine, befallen = _roles(parse, head)
        doer = befallen or mine
    else:
        doer = _said_of(parse, head)
    keys = [key_of(token.low)]
    if token.base != token.low:
        keys.append(key_of(token.base))
    adverb = next(
        (parse[c].low for c in parse.children(n, "advmod") if key_of(parse[c].low, token.low) in answering()), None
    )
    if adverb:
        keys.insert(0, key_of(adverb, token.low))
    beside = _by_preposition(parse, n)
    after = parse.first(n, "pobj") if token.dep == "prep" else None
    if after is not None:
        found = tuple(_answers(keys, doer, named(parse, after), beside, parse, n))
        return Stance(stem(token.low), token.word, held(parse, n), doer, named(parse, after), {}, found, n)
    keys = [*(key_of(token.low, prep) for prep in beside if key_of(token.low, prep) in answering()), *keys]
    return Stance(
        stem(token.base),
        token.word,
        held(parse, n),
        doer,
        None,
        beside,
        tuple(_answers(keys, doer, None, beside, parse, n)),
        n,
    )


def _phrase_key(parse: Parse, n: int) -> str:
    """ "in custody", "out of control": the prepositions before a noun, with it."""
    prep = parse.head(n)
    if prep is None:
        return ""
    up = parse.head(prep)
    before = [parse[prep].low]
    if up is not None and parse[up].low in ("out", "short", "ahead", "behind") and parse[prep].low == "of":
        before.insert(0, parse[up].low)
    return key_of(*before, parse[n].base)


def _said_of(parse: Parse, verb: int) -> Named | None:
    """Whom a verb with what it says of its subject speaks of: "kept the plant open", "the plant stays open"."""
    doer, thing = _roles(parse, verb)
    return thing if thing is not None and parse[verb].base not in ("be", "remain", "become", "seem") else doer


def _roles(parse: Parse, n: int, farthest: int = 6) -> tuple[Named | None, Named | None]:
    """Who does what a verb tells and whom it befalls, whatever the voice."""
    subject, passive = parse.first(n, "nsubj", "csubj"), parse.first(n, "nsubjpass")
    thing_at = parse.first(n, "dobj")
    by = parse.first(n, "agent")
    doer_at = parse.first(by, "pobj") if by is not None else None
    helping = parse.first(n, "auxpass")
    if passive is None and helping is not None:
        passive = subject if subject is not None else parse.first(helping, "nsubj", "nsubjpass")
    if passive is not None:
        return _who(parse, doer_at), _who(parse, passive)
    if subject is None and parse[n].dep in ("ROOT", "ccomp", "conj") and parse[n].tag in ("VBD", "VBZ", "VBP"):
        subject = _before(parse, n)
    if subject is not None:
        return _who(parse, subject), _who(parse, thing_at)
    head, dep = parse.head(n), parse[n].dep
    participle = parse[n].tag == "VBN"
    doer, thing = _who(parse, doer_at), _who(parse, thing_at)
    if head is None or farthest == 0:
        return doer, thing
    if dep == "acl":
        if parse[n].tag == "VBG" or (participle and by is None and thing_at is not None):
            return (_who(parse, head), thing)
        return (doer, thing or _who(parse, head)) if participle else (_controller(parse, head, farthest), thing)
    if dep in ("pcomp", "xcomp", "ccomp", "advcl"):
        up = _governing_verb(parse, head)
        above, befallen = (
            _roles(parse, up, farthest - 1)
            if parse[up].pos in ("VERB", "AUX", "ADJ")
            else (_controller(parse, up, farthest), None)
        )
        control = befallen if befallen is not None and dep != "advcl" and not _keeps_subject(parse, up) else above
        if participle or parse.children(n, "auxpass"):
            return doer, thing or control
        return control, thing
    if dep in ("acomp", "oprd", "attr"):
        return doer, thing or _said_of(parse, head)
    if dep == "conj":
        above, befallen = _roles(parse, head, farthest - 1)
        if participle and (parse.children(head, "auxpass") or parse[head].tag == "VBN") and thing_at is None:
            return doer, befallen
        return above, thing
    return doer, thing


def _governing_verb(parse: Parse, n: int) -> int:
    """Past prepositions and adjectives, the word on which a clause hangs; an adjective that has its own subject is one."""
    for _ in range(len(parse)):
        above = parse.head(n)
        passing = parse[n].pos in ("ADP", "SCONJ", "ADV", "ADJ") and not (
            parse[n].pos == "ADJ" and parse.children(n, "nsubj")
        )
        if above is None or not passing:
            break
        n = above
    return n


def _before(parse: Parse, n: int) -> int | None:
    """The name that stands before a verb, where the parser does not take it for the subject."""
    return next(
        (
            c
            for c in parse.children(n, "advmod", "npadvmod", "compound", "nmod", "dep")
            if c < n and parse[c].pos in ("PROPN", "NOUN")
        ),
        None,
    )


def _keeps_subject(parse: Parse, n: int) -> bool:
    """ "promised the king to leave": the one who promises leaves."""
    return parse[n].base in ("promise", "threaten", "vow", "use") and not parse.children(n, "nsubjpass")


def _controller(parse: Parse, noun: int, farthest: int) -> Named | None:
    """Who would do what a noun speaks of: "Norvik has no plans to cut jobs", "its refusal to pay"."""
    owner = parse.first(noun, "poss")
    if owner is not None:
        return named(parse, owner)
    head = parse.head(noun)
    while head is not None and parse[head].pos not in ("VERB", "AUX"):
        head = parse.head(head)
    return _roles(parse, head, farthest - 1)[0] if head is not None else None


def _who(parse: Parse, n: int | None) -> Named | None:
    if n is None:
        return None
    if parse[n].low in ("who", "which", "that") and parse[n].pos == "PRON":
        verb = parse.head(n)
        if verb is not None and parse[verb].dep == "relcl" and (owner := parse.head(verb)) is not None:
            return named(parse, owner)
    if parse[n].low in ("there", "it") and parse[n].dep == "expl":
        return None
    return named(parse, n)


def _by_preposition(parse: Parse, n: int) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for prep in parse.children(n, "prep", "dative"):
        noun = parse.first(prep, "pobj")
        if noun is not None:
            found.setdefault(parse[prep].low, named(parse, noun))
    return found


def _keys(parse: Parse, n: int) -> Iterator[str]:
    """The names under which a verb may stand among the issues, the most exact first; the last is its own."""
    particle = _particle(parse, n)
    with_it = [parse[particle].low] if particle is not None else []
    verbs = list(dict.fromkeys((key_of(parse[n].base, *with_it), key_of(parse[n].low, *with_it))))
    for child in parse.children(n, "prep", "advmod", "acomp", "oprd", "dobj", "agent", "attr", "xcomp", "ccomp"):
        bare = parse[child].dep not in ("xcomp", "ccomp") or not parse.children(child, "dobj", "aux")
        if child != particle and bare:
            for verb in verbs:
                yield f"{verb} {stem(parse[child].base)}"
                yield f"{verb} {stem(parse[child].low)}"
    yield from reversed(verbs)
    if _mistaken(parse, n):
        yield key_of(parse[n].base)


_PARTICLES = frozenset("up down out off on away back over ahead in through apart aside by together along".split())


def _mistaken(parse: Parse, n: int) -> bool:
    """Whether the parser took a preposition for a particle of a verb."""
    particle = parse.first(n, "prt")
    if particle is None or parse[particle].low not in ("in", "on", "at"):
        return False
    return key_of(parse[n].base, parse[particle].low) not in answering()


def _particle(parse: Parse, n: int) -> int | None:
    """The particle of a verb ("go on"), also where the parser took it for an adverb."""
    particle = parse.first(n, "prt")
    if particle is not None:
        return particle
    return next((c for c in parse.children(n, "advmod") if parse[c].low in _PARTICLES and c == n + 1), None)


def _answers(
    keys: list[str], doer: Named | None, thing: Named | None, beside: Mapping[str, Named], parse: Parse, n: int
) -> Iterator[tuple[Answering, Named | None]]:
    """The issues that the first of the keys which answers any answers, each with the one for whom it does."""
    known = answering()
    key = next((k for k in keys if k in known), None)
    if key is None:
        return
    for each in known[key]:
        if each.of == "none" or (each.of == "i" and thing is not None):
            continue
        if each.of in ("t", "o") and thing is None:
            continue
        if each.of == "to":
            yield each, beside.get("to")
        elif each.of == "on":
            yield each, beside.get("on") or _on_object(parse, n)
        elif each.of in ("s", "t"):
            yield each, doer
        else:
            yield each, thing if thing is not None else doer


def _on_object(parse: Parse, n: int) -> Named | None:
    """ "lifted the ban on the film": the film."""
    thing = parse.first(n, "dobj", "nsubjpass")
    return _by_preposition(parse, thing).get("on") if thing is not None else None
