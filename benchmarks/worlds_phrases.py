"""The words of a made story with relations: how a matter is put, affirmed, denied, counted, and by whom it is said.

Each pattern is a sentence or a clause: "{a|b}" is a choice, which may hold further choices, and "<name>" a slot. One thing is
put in many grammars (active, passive, nominal, a headline, quoted), so that no list of patterns finds it again. ``<n>`` is a
number with its noun where the pattern gives none, ``<x>`` the bare number.
"""

from __future__ import annotations

#: How a clause is handed to a speaker. ``<S>`` is the speaker, ``<p>`` the clause, ``<P>`` the clause with a capital.
SAID: tuple[str, ...] = (
    "<S> said {|that }<p>.",
    "<S> {told reporters|told a briefing|announced|declared|stated} that <p>.",
    "<P>, <s> {said|announced|told reporters}.",
    "<P>, according to <s>.",
    "According to <s>, <p>.",
    "“<P>,” <s> {said|told reporters|declared}.",
    "<S> {said|told a news conference|wrote on Telegram}: “<P>.”",
    "In {a|its daily|a short} {statement|message}, <s> said {|that }<p>.",
    "<S> {wrote|posted} on {Telegram|social media} that <p>.",
    "<P>, <s> {said|wrote} in a {post|statement|message}.",
    "“<P>,” {said|declared} <s>.",
)

#: The same for what was said some days before.
SAID_BEFORE: tuple[str, ...] = (
    "<S> had said on <saidday> that <p>.",
    "On <saidday>, <s> {said|told reporters} that <p>.",
    "<S> {initially|at first|originally} said that <p>.",
    "Earlier, on <saidday>, <s> had {told reporters|announced} that <p>.",
)

#: Headlines: the clause and who gave it, in few words.
HEADLINES: tuple[str, ...] = ("<P>, <r> {says|said}", "<R>: <p>", "<R> says <p>", "<P> – <r>")

#: What happened, by the kind of incident: how it is called, what it did.
INCIDENTS: dict[str, dict[str, str]] = {
    "shelling": {"event": "{shelling|bombardment|artillery fire}", "hit": "{shelled|bombarded|fired on}", "hitting": "shelling"},
    "drones": {"event": "{drone strike|drone attack|strike}", "hit": "{struck|attacked|hit}", "hitting": "attacking"},
    "bombing": {"event": "{bombing|explosion|blast}", "hit": "{bombed|blew up}", "hitting": "bombing"},
    "raid": {"event": "{raid|incursion|attack}", "hit": "{raided|attacked|stormed}", "hitting": "raiding"},
}  # fmt: skip

#: Counts, by measure and whoever is counted. ``<n>`` "nine people", ``<x>`` "nine", ``<where>`` "in Varn", ``<event>``.
COUNTS: dict[str, tuple[str, ...]] = {
    "killed": (
        "<n> {were killed|had been killed|have been killed|died|lost their lives} <where>",
        "<n> {were killed|died} in the <event> {on|of} <town>",
        "the <event> {on|of} <town> {killed|left dead|claimed the lives of} <n>",
        "the <event> <where> left <n> dead",
        "the death toll <where> {stood at|had reached|was} <x>",
        "the number of {dead|people killed} <where> {stood at|was|had reached} <x>",
        "<n> are {dead|confirmed dead} <where> after the <event>",
    ),
    "injured": (
        "<n> {were wounded|were injured|were hurt|had been injured} <where>",
        "the <event> {on|of} <town> {wounded|injured|hurt} <n>",
        "<n> {were wounded|suffered injuries} in the <event> {on|of} <town>",
        "the number of {wounded|injured} <where> {stood at|was|had reached} <x>",
        "<n> {were|are} in hospital with {injuries|wounds} from the <event> <where>",
    ),
    "missing": (
        "<n> {are|were} {still missing|missing|unaccounted for} <where>",
        "<n> {have|had} {gone missing|not been found} <where> since the <event>",
        "the number of missing <where> {stood at|was} <x>",
    ),
    "displaced": (
        "<n> {have been|were|had been} {displaced|driven from their homes|left homeless} by the <event> <where>",
        "<n> {have fled|had fled|fled} their homes <where>",
        "the <event> <where> {displaced|left homeless|drove from their homes} <n>",
    ),
}

#: Counts in a sentence of their own that names the speaker: nominal and passive grammars.
COUNTED: dict[str, tuple[str, ...]] = {
    "killed": (
        "<S> put the {death toll|number of dead} <where> at <x>.",
        "<S> {spoke of|reported|confirmed} <x> {dead|deaths} <where>.",
        "The deaths of <n> <where> {were confirmed|were reported} by <s>.",
        "<S> gave the {toll|number of dead} <where> as <x>.",
    ),
    "injured": (
        "<S> put the number of {wounded|injured} <where> at <x>.",
        "<S> {spoke of|reported} <x> wounded <where>.",
    ),
    "missing": ("<S> put the number of missing <where> at <x>.",),
    "displaced": ("<S> put the number of displaced <where> at <x>.", "<S> {spoke of|reported} <x> displaced <where>."),
}

#: One speaker's revision told in one sentence, with the old number and the new.
REVISED: dict[str, tuple[str, ...]] = {
    "killed": (
        "<S> {raised|revised} the death toll <where> {from <o> to <x>|to <x> from <o>}.",
        "<S> {initially|at first} said <on> {were killed|had died} <where> but later {said|put it at} <n2>.",
        "<S>, who had first {spoken of|reported} <o> dead <where>, now {says|said} <n> were killed.",
    ),
    "injured": ("<S> {raised|revised} the number of wounded <where> from <o> to <x>.",),
}

#: Fears and estimates, which are no counts.
FEARED: dict[str, tuple[str, ...]] = {
    "killed": (
        "{as many as|up to} <n> may have {died|been killed} <where>",
        "<n> are feared dead <where>",
        "the toll <where> could rise to <x>",
    ),
}

#: Counts of another scope: another window, whoever is counted, a part. The key says why they are no answer to the toll.
SCOPES: dict[str, tuple[str, ...]] = {
    "week": ("<n> {were killed|have been killed|died} <where> {in the past week|over the last seven days|during the last week}",),
    "since": ("<n> {have been killed|have died} <where> since the beginning of the year", "since January, <n> {have been killed|have died} <where>"),
    "soldiers": ("<x> {<people> soldiers|soldiers|servicemen} {were killed|died|fell} <where>", "the <event> <where> killed <x> soldiers"),
    "attackers": ("<x> {attackers|raiders|gunmen} {were killed|were shot dead|died} <where>",),
    "children": ("<x> of the dead <where> {were|are} children", "{among the dead <where> were|the dead <where> included} <x> children"),
    "more": ("another <n> {died|have died} in hospital <where>", "<x> more people {died|have died} of their wounds <where>"),
    "with_attacker": (
        "<n>, the {attacker|gunman} {included|among them}, {were killed|died} <where>",
        "<n> {were killed|died} <where>, {counting|including} the {attacker|gunman}",
    ),
    "no_reports": (
        "there {were|are|had been} no reports of {deaths|casualties|anyone killed} <where>",
        "no {casualties|deaths} have been reported <where> {so far|at this stage}",
    ),
}  # fmt: skip

#: Matters that hold or do not: (the words of the one side, the words of the other).
WHETHER: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fight": (
        (
            "the {attack|assault} on <town> {had been|was|has been} repelled",
            "{its|our} {troops|forces} {had|have} repelled the {attack|assault} on <town>",
            "{its|our} {troops|forces} {had driven|drove} back the {fighters|attackers} at <town>",
        ),
        (
            "{its|our} fighters {were|are} {still |}holding {their|the} positions {at|in} <town>",
            "{its|our} fighters {had|have} not been {dislodged from|driven out of} {their|the} positions {at|in} <town>",
        ),
    ),
    "control": (
        (
            "{its|our} forces {had|have} {captured|seized|taken control of} <town>",
            "<town> {had been|was|has been} captured {by <their> troops|by {its|our} forces|}",
            "<town> {is|was} {now |}under {its|our} full control",
        ),
        (
            "<town> {had|has} not been {captured|taken}",
            "the enemy {had|has} not {captured|taken} <town>",
            "<their> troops {had|have} not {captured|taken control of} <town>",
        ),
    ),
    "meant": (
        (
            "the <event> on the hospital in <town> was deliberate",
            "the hospital in <town> was {hit on purpose|deliberately targeted}",
        ),
        (
            "the <event> on the hospital in <town> was an accident",
            "the hospital in <town> was hit by mistake",
        ),
    ),
    "corridor": (
        (
            "the road out of <town> {is|was} open",
            "the road {out of|from} <town> had been opened {to|for} civilians",
        ),
        (
            "the road out of <town> {is|was} closed",
            "the road {out of|from} <town> {remained|remains} {blocked|closed}",
        ),
    ),
    "talks": (
        (
            "{a truce|an agreement on a truce} {at|for} <town> {had|has} been reached",
            "both sides {had|have} agreed {to a truce|on a truce} at <town>",
        ),
        (
            "no truce {had|has} been {agreed|reached} at <town>",
            "there {was|is} no agreement on a truce at <town>",
        ),
    ),
    "plant": (
        (
            "the power station {at|near} <town> was damaged",
            "the <event> {damaged|had damaged} the power station {at|near} <town>",
        ),
        (
            "the power station {at|near} <town> was not damaged",
            "the <event> had not damaged the power station {at|near} <town>",
        ),
    ),
}

#: One side says that the other did it; ``<them>`` is the accused, ``<their>`` as an adjective.
ACCUSED: tuple[str, ...] = (
    "<S> {accused|has accused} <them> of {<shelling>|being behind the <event> {on|in} <town>}.",
    "<S> blamed <them> for the <event> {on|in} <town>.",
    "<S> said <them> {was behind|had carried out} the <event> {on|in} <town>.",
    "The <event> {on|in} <town> was carried out by <them>, <s> said.",
    "“<Them> is responsible for the <event> {on|in} <town>,” <s> said.",
)
#: The accused deny it: with words of their own, and with none.
DENIED: tuple[str, ...] = (
    "<S> denied {that its forces had|having} <hit> <town>.",
    "<S> denied being behind the <event> {on|in} <town>.",
    "<S> denied any {involvement|role|part} in the <event> {on|in} <town>.",
    "“We {did not attack|had nothing to do with the <event> in} <town>,” <s> said.",
)
DENIED_EMPTY: tuple[str, ...] = (
    "<S> denied {it|any involvement|any role|the accusation}.",
    "<S> {rejected|dismissed} the {accusation|allegation|charge}.",
)
CLAIMED: tuple[str, ...] = (
    "<S> claimed responsibility for the <event> {on|in} <town>.",
    "<S> said it had carried out the <event> {on|in} <town>.",
    "Responsibility for the <event> {on|in} <town> was claimed by <s>.",
)
#: A figure denied.
DENIED_FIGURE: tuple[str, ...] = (
    "<S> {denied|rejected} that <x> {people|} had been killed <where>.",
    "<S> {dismissed|rejected} the figure of <x> dead <where>.",
    "<S> {called|described} the toll of <x> given for <town> {“an invention”|false}.",
)

#: An outlet could not verify what stands just before.
UNVERIFIED: tuple[str, ...] = (
    "<outlet> {could not|was unable to} {independently |}{verify|confirm} {the claim|this|the {account|statement}}.",
    "The claim could not be {independently |}verified.",
    "It was not possible to {verify|confirm} the claim independently.",
)
UNVERIFIED_FIGURE: tuple[str, ...] = (
    "<outlet> {could not|was unable to} {independently |}{verify|confirm} {the|this} {figure|number|toll}.",
    "The figure could not be {independently |}verified.",
)

#: Asked and not answered, by slot.
OPEN: dict[str, tuple[str, ...]] = {
    "who": ("It {remained|remains|was} unclear who was behind the <event> {on|in} <town>.", "Nobody knows yet who carried out the <event> in <town>."),
    "how_many": (
        "<S> did not say how many people {were trapped|had been trapped} <where>.",
        "It is not known how many people {remain|are} trapped <where>.",
    ),
    "why": ("It was not clear why the {sirens|alarms} in <town> had stayed silent.", "<S> did not say why the sirens in <town> had {failed|stayed silent}."),
    "where": ("It {is|was} unclear where the {shells|shots} had come from.",),
}  # fmt: skip

#: Coarse and finer answers to where and when.
FINER: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "where": (
        ("the first shell {landed in|struck|hit} <town>",),
        (
            "the first shell {landed in|struck|hit} the market in the <district> district of <town>",
            "the first shell {landed|fell} on the market of <town>, in the <district> district",
        ),
    ),
    "when": (
        ("the <event> {on|in} <town> {began|started} {overnight|during the night}",),
        ("the <event> {on|in} <town> {began|started} at <clock>",),
    ),
}

#: What answers no question of the story: promises, condemnation, policy, a resident's view.
ASIDES: tuple[str, ...] = (
    "those {responsible|who did this} {would|will} be {punished|found and punished}",
    "the armed forces {never|do not} target {civilians|residential areas}",
    "{it|this} was {a crime without excuse|an inexcusable crime}",
    "schools in the region {would|will} stay {shut|closed} until {Monday|the end of the week}",
    "every family {would|will} receive {a payment|compensation} for {lost|ruined} homes",
    "{rescue crews|rescuers} {worked|had worked} through the night",
    "a team of investigators was {on its way|travelling} to {the region|the border}",
    "he had heard {two loud bangs|two explosions} and then {nothing|silence}",
    "the water supply in the suburbs {was|had been} restored",
    "the electricity on the left bank {was|had been} restored",
    "the president {had been|was} {informed|briefed}",
    "blood donors {were|are} asked to come {to the clinic|in the mornings}",
    "trains to the border {were|are} running {late|with delays}",
    "it {only advised|gave nothing but advice to} the fighters and {had given|gave} no orders",
)

#: (name of the state, its adjective), the one attacked and the other.
STATES: tuple[tuple[str, str], ...] = (
    ("Kelmar", "Kelmari"), ("Norland", "Norlandic"), ("Drevane", "Drevani"), ("Ostrava Union", "Ostravan"), ("Hethia", "Hethian"),
    ("Marenia", "Marenian"), ("Tolgary", "Tolgarian"), ("Vessland", "Vesslandic"),
)  # fmt: skip
GROUPS: tuple[str, ...] = (
    "the Free Hask Brigade", "the Iron Valley Front", "the Sons of Lunde", "the Northern Resistance Army", "the Red Harvest Movement",
    "the People's Guard of Varn",
)  # fmt: skip
OBSERVERS: tuple[str, ...] = (
    "the aid agency Lantern", "the Border Monitoring Mission", "the Relief Union", "the charity Open Hands", "the Observatory for Civil Harm",
)  # fmt: skip

VAGUE: tuple[tuple[str, float, float], ...] = (("dozens of", 24, 99), ("several", 3, 9), ("scores of", 40, 199))
BOUNDS: dict[str, tuple[str, ...]] = {
    "exact": ("",),
    "at_least": ("at least ", "no fewer than "),
    "about": ("about ", "some ", "around "),
}
