"""Words that ask for one thing: a question may say "raid" where the reports say "assault". To add a set, add a line.

Each line is one kind of person, thing or deed. Words of one line stand for each other in a question, never in linking.
"""

from __future__ import annotations

from sayso.link.words import stem

_LINES = """
attack attacks attacked attacking attacker raid raids raided raiding assault assaults assaulted incursion storm stormed storming strike struck
shell shelled shelling bombard bombarded bombardment artillery mortar
bomb bombed bombing blast explosion exploded
soldier soldiers troop troops servicemen serviceman army military forces
attackers gunman gunmen raider raiders assailant assailants intruder intruders militant militants fighters
killed kill killing died die dead death deaths fatalities perished slain
injured wounded hurt injuries injury wounds
hit struck damaged shelled
closed close shut closure
open opened reopened reopen
captured capture seized seize took taken taking
truce ceasefire armistice
agreed agreement deal reached reach
hold holds held holding control controls controlled
repelled repel repulsed beaten drove driven
deliberate deliberately purpose intentional intentionally targeted meant
accident accidental accidentally mistake
village town city settlement
evacuated moved evacuation relocated
prisoner prisoners captive captives captured detained detainees
cross crossed crossing entered enter came come
collapsed collapse fallen fell
road route highway
power electricity
involved involvement part role
denied deny denies denial rejected reject dismissed
"""
_CLASSES = tuple(frozenset(stem(w) for w in line.split()) for line in _LINES.strip().splitlines())


def alike(word: str) -> frozenset[str]:
    """The stems that a question's stem may stand for, with itself."""
    return frozenset({word}).union(*(line for line in _CLASSES if word in line))
