"""Invented speakers, agencies and stray lines for the augmentation; every word of ours, none of any corpus.

The names are those of wars and disasters, which the training text (a year of American politics) lacks.
"""

from __future__ import annotations

import random

_FIRST = (
    "Omar Samir Leyla Yusuf Hassan Nadia Karim Rosa Jorge Luis Elena Viktor Oksana Daniel Amina Tariq Marta Pavel Ines "
    "Ibrahim Salma Carlos Irina Abdul Mehmet Sofia Ahmad Khaled Mariam Andrei Lucia Bassam Farid Goran Milena Ana"
).split()
_LAST = (
    "Haddad Rahmani Ferrer Castel Morozov Dahl Al-Masri Okoye Petrenko Salazar Aydin Lindqvist Barzani Quispe Novak "
    "Hakimi Duarte Marchenko Al-Khatib Osman Restrepo Kovac Yilmaz Tadesse Abboud Farouk Ortega Sokolov Jaber Mora"
).split()
_ROLES = (
    "military spokesman|army spokesman|rebel commander|police chief|government spokeswoman|regional governor|interior minister|"
    "foreign minister|defence minister|opposition activist|activist|local doctor|hospital director|resident|witness|"
    "aid worker|Red Cross spokesman|U.N. envoy|senior commander|ministry spokesman|mayor|police officer|judge|"
    "fire chief|rescue worker|survivor|bishop|union leader|rebel spokesman|guerrilla leader|colonel|general|ambassador"
).split("|")
_GROUPS = (
    "activists|residents|witnesses|officials|rebels|opposition groups|the military|the army|police|the defence ministry|"
    "the interior ministry|the foreign ministry|state television|state media|the state news agency|the government|rescuers|"
    "the opposition|human rights groups|the monitoring group|the Observatory|a rights group|the United Nations|"
    "local authorities|hospital officials|doctors|medics|military sources|security sources|a security source|diplomats|"
    "intelligence officials|the regional governor|the guerrillas|an army statement|a ministry statement|the communique|"
    "a statement|the report|the Red Cross|the rebel group|a police spokesman|a military spokesman|an eyewitness|"
    "a resident of the town|one resident|one witness|a woman who gave her name as Salma|a source at the hospital|"
    "an activist in the city|the emergency service|the coast guard|the weather service|geologists|investigators|"
    "the prosecutor's office|a senior official|a government official|a Western diplomat|an opposition network|"
    "the local coordination committee|a relative of one of the victims|the president's office|the Kremlin|the Pentagon"
).split("|")
_PRONOUNS = ("he", "she", "they")
_AGENCIES = (
    "AFP|Reuters|the Associated Press|AP|the BBC|CNN|Al Jazeera|TASS|Interfax|Xinhua|EFE|DPA|state television|"
    "state radio|local media|a local radio station|reporters|journalists|a news conference|the newspaper|Al Arabiya|"
    "the Guardian|a local television channel|this newspaper|the agency|ANSA|Sky News|foreign journalists"
).split("|")
_RESIDUE = (
    "Share this|Advertisement|Story continues below|Read more|Video player|Media player|Image source, Getty Images|Photo: AFP|"
    "Watch the video|Most popular|Sign up to our newsletter|Related topics|0:00 / 2:14|Loading...|Print|E-mail|Comments (14)|"
    "Image caption|Follow us on Twitter|Click here to comment|Recommended|LIVE|Updated 14:05 GMT|Copyright 2012|MORE ON THIS STORY|"
    "Play|Close|Skip to content|Subscribe|Tweet|Back to top|Continue reading the main story|[TEXT]|/More/|***"
).split("|")
_MANNERS = (
    " on Thursday| on Monday| in a statement| by telephone| on condition of anonymity| on state television| late on Sunday|"
    " in a post on Telegram| at a briefing| in an interview| earlier| on his Twitter account| on Friday"
).split("|")
_OUTER = (
    "said said said reported announced claimed confirmed insisted added told believe believed alleged acknowledged"
).split()


def speaker(rng: random.Random) -> str:
    """A source as it stands inside a sentence."""
    draw = rng.random()
    name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    if draw < 0.5:
        return rng.choice(_GROUPS)
    if draw < 0.6:
        return name
    if draw < 0.72:
        return f"{name}, {_with_article(rng)}"
    if draw < 0.8:
        return f"{rng.choice(_ROLES)} {name}"
    if draw < 0.88:
        return _with_article(rng)
    if draw < 0.94:
        return rng.choice(_LAST)
    return rng.choice(_PRONOUNS)


def _with_article(rng: random.Random) -> str:
    role = rng.choice(_ROLES)
    article = rng.choice(("the", "an" if role[0] in "aeio" else "a"))  # "a union leader", "a U.N. envoy"
    return f"{article} {role}"


def named(rng: random.Random) -> str:
    """A source as it stands before a colon."""
    return rng.choice((rng.choice(_LAST), f"{rng.choice(_FIRST)} {rng.choice(_LAST)}", rng.choice(_GROUPS)))


def agency(rng: random.Random) -> str:
    return rng.choice(_AGENCIES)


def residue(rng: random.Random) -> str:
    return rng.choice(_RESIDUE)


def manner(rng: random.Random) -> str:
    return rng.choice(_MANNERS)


def outer_cue(rng: random.Random) -> str:
    cue = rng.choice(_OUTER)
    return f"told {agency(rng)}" if cue == "told" else cue


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
