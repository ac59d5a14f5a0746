"""An invented incident, written for these tests: a bridge is cut, two countries tell it differently.

`bridge()` is the account with its reports as a careful editor would write it; `hostile()` is the same house
visited by a report whose every field attacks the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import (
    Account,
    Block,
    BlockKind,
    Capture,
    Citation,
    Edge,
    EdgeKind,
    Instant,
    Line,
    Linked,
    Origin,
    Precision,
    Report,
    Section,
    SectionKey,
    Span,
    Status,
)

H, D, P, C, CR, B, Q, L = (
    BlockKind.HEADLINE,
    BlockKind.DATELINE,
    BlockKind.PARAGRAPH,
    BlockKind.CAPTION,
    BlockKind.CREDIT,
    BlockKind.BOILERPLATE,
    BlockKind.QUOTE,
    BlockKind.LIST,
)


@dataclass(frozen=True, slots=True)
class Incident:
    """An account, the reports that it rests on, what linking found, and the composer's framing by line id."""

    account: Account
    reports: tuple[Report, ...]
    linked: Linked
    framing: dict[str, tuple[str, ...]]

    @property
    def texts(self) -> dict[str, str]:
        return {report.id: report.text for report in self.reports}

    @property
    def lines(self) -> list[Line]:
        return [line for section in self.account.sections for line in section.lines]


def report(
    outlet: str | None,
    published: str | None,
    *blocks: tuple[BlockKind, str],
    url: str | None = None,
    byline: str | None = None,
    title: str | None = None,
    forwarded_from: str | None = None,
) -> Report:
    """A report whose text is its blocks with blank lines between them."""
    text, found = "", []
    for kind, words in blocks:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{words}" if text else words
        found.append(Block(kind, Span(start, len(text))))
    precision = Precision.MINUTE if published and "T" in published else Precision.DAY
    instant = Instant(published, precision) if published else None
    sha = f"{len(text):064x}"
    return Report(
        id=Report.make_id(sha256=sha, url=url, outlet=outlet, published=instant),
        sha256=sha,
        text=text,
        blocks=tuple(found),
        media_type="text/html",
        capture=Capture("2031-03-14T08:00:00Z", "file", "bridge"),
        url=url,
        outlet=outlet,
        byline=byline,
        title=title or next((words for kind, words in blocks if kind is H), None),
        published=instant,
        language="en",
        forwarded_from=forwarded_from,
    )


def cite(of: Report, *words: str) -> Citation:
    """A citation of these words, each where it first stands in the report."""
    spans = tuple(Span(of.text.index(part), of.text.index(part) + len(part)) for part in words)
    return Citation(
        statement=f"s-{of.id[2:]}-{spans[0].start}",
        report=of.id,
        outlet=of.outlet,
        url=of.url,
        published=of.published.value if of.published else None,
        spans=spans,
        exact=" … ".join(words),
    )


def line(text: str, *citations: Citation, status: Status = Status.REPORTED, rule: str = "one_origin") -> Line:
    """A line with the id that its text gives it."""
    return Line(
        id=Line.make_id(section=SectionKey.ESTABLISHED, text=text, claims=()),
        text=text,
        status=status,
        rule=rule,
        question=None,
        claims=(),
        citations=citations,
    )


HERALD = report(
    "The Corran Herald",
    "2031-03-12",
    (H, "Blast cuts Brackwater bridge; two dead, governor says"),
    (D, "BRACKWATER, Wednesday"),
    (
        P,
        "An explosion before dawn on Wednesday cut the road bridge at Brackwater, the only crossing between Corran and "
        "the northern valleys, residents and the regional governor said.",
    ),
    (C, "Smoke over the Brackwater bridge on Wednesday morning. Photograph: Pel Aster"),
    (
        P,
        "Governor Ilsa Venn said two people died and 11 were injured. “We have lost two of our neighbours,” Venn told "
        "reporters beside the broken span.",
    ),
    (P, "Venn accused Marrenland of the attack. “This was done from across the river,” she said."),
    (P, "The Herald was unable to verify the governor’s figures."),
    (B, "Our morning briefing in your inbox. Follow us everywhere. All rights reserved."),
    (P, "The bridge, opened in 1988, was closed for repairs for five months in 2027."),
    (P, "It was not clear on Wednesday who had placed the explosives."),
    url="https://herald.example/news/brackwater-bridge?ref=front",
    byline="Tomas Edry",
)
WIRE = report(
    "Northwire",
    "2031-03-12T09:40:00Z",
    (H, "Explosion destroys bridge at Brackwater, at least two killed"),
    (
        P,
        "At least two people were killed when an explosion destroyed the road bridge at Brackwater early on Wednesday, "
        "the governor, Ilsa Venn, told Northwire.",
    ),
    (
        P,
        "Eleven people were taken to hospital in Corran, the hospital’s director, Dr. Mael Orrin, said by telephone. "
        "“Eleven, four of them in a serious condition,” Orrin said.",
    ),
    (
        P,
        "Marrenland denied that its army had fired on the bridge. “We did not order an attack and we did not "
        "make one,” "
        "the foreign minister, Osk Tarrel, said in the capital, Ostmar.",
    ),
    (P, "The army of Corran said two sentries had been on the bridge. Tarrel said it stood unguarded."),
    (P, "A second blast was heard at 05:20, three residents said. Its cause is not known."),
    url="https://northwire.example/a/88121",
    byline="By Northwire staff",
)
DAYBREAK = report(
    "Daybreak Online",
    "2031-03-12",
    (H, "Bridge destroyed in night blast: what happened in Brackwater"),
    (
        P,
        "At least two persons lost their lives as a blast wrecked the Brackwater road bridge early Wednesday, governor "
        "Ilsa Venn told Northwire.",
    ),
    (P, "The railway bridge two kilometres upstream was hit as well."),
    (L, "Read next: ten rivers worth a detour"),
    (P, "Eleven people are in hospital in Corran."),
)
DAYBREAK_CORRECTED = report(
    "Daybreak Online",
    "2031-03-13",
    (H, "Correction"),
    (
        P,
        "An earlier version of our report said that the railway bridge was hit. That was wrong, and we withdraw it: "
        "the railway bridge was not hit.",
    ),
)
RADIO = report(
    "Selby Coast Radio",
    "2031-03-13",
    (H, "Third victim of Brackwater blast dies in hospital"),
    (
        P,
        "Three people have now died after the explosion at the Brackwater bridge, Governor Venn said on Thursday, "
        "correcting the figure of two that she gave on Wednesday.",
    ),
    (P, "A man of 64 died overnight in hospital in Corran, Venn said."),
    (Q, "“Three families. I will not say more today,” Venn told Selby Coast Radio."),
    (P, "The valleys could be cut off until June, the road authority said. It gave no date for a ferry."),
    (P, "Analysts at the Lindqvist Institute said the charge was probably placed by hand under the second pier."),
)
BRIGADE = report(
    "Valley Free Brigade",
    "2031-03-12T18:05:00Z",
    (P, "Our people brought down the bridge at Brackwater. The valley is free. More will follow."),
    forwarded_from="Valley Voices",
)
MARREN = report(
    "Marren Today",
    "2031-03-13",
    (H, "Tarrel: Marrenland had no hand in the Brackwater accident"),
    (
        P,
        "Foreign Minister Osk Tarrel denied any part in the destruction of the Brackwater bridge. “Marrenland "
        "had no hand "
        "in this,” Tarrel said on Thursday. He said a gas main under the roadway had exploded.",
    ),
    (P, "Tarrel confirmed that two people had been killed, and offered the families of the dead his sympathy."),
    url="https://marrentoday.example/tarrel",
)

_SECTIONS: tuple[tuple[SectionKey, str, tuple[tuple[Line, tuple[str, ...]], ...]], ...] = (
    (
        SectionKey.ESTABLISHED,
        "What is established",
        (
            (
                line(
                    "An explosion before dawn on Wednesday 12 March cut the road bridge at Brackwater, according to "
                    "2 independent origins.",
                    cite(HERALD, "An explosion before dawn on Wednesday cut the road bridge at Brackwater"),
                    cite(WIRE, "an explosion destroyed the road bridge at Brackwater early on Wednesday"),
                    cite(DAYBREAK, "a blast wrecked the Brackwater road bridge early Wednesday"),
                    status=Status.CORROBORATED,
                    rule="two_or_more_origins",
                ),
                ("2 independent origins",),
            ),
            (
                line(
                    "At least two people were killed: Governor Ilsa Venn and Foreign Minister Osk Tarrel of Marrenland "
                    "both say so.",
                    cite(WIRE, "At least two people were killed", "Ilsa Venn"),
                    cite(HERALD, "Governor Ilsa Venn said two people died"),
                    cite(MARREN, "Marrenland", "Foreign Minister Osk Tarrel"),
                    cite(MARREN, "Tarrel confirmed that two people had been killed"),
                    status=Status.AGREED,
                    rule="said by actors on both sides",
                ),
                (),
            ),
        ),
    ),
    (
        SectionKey.EACH_SIDE,
        "Who says what",
        (
            (
                line(
                    "Governor Venn accused Marrenland of the attack: “This was done from across the river.”",
                    cite(
                        HERALD,
                        "Governor Ilsa Venn",
                        "Venn accused Marrenland of the attack. “This was done from across the river,” she said.",
                    ),
                    status=Status.CLAIMED,
                    rule="one_side_only",
                ),
                (),
            ),
            (
                line(
                    "Tarrel denied it: “We did not order an attack and we did not make one.” On Thursday he told "
                    "Marren "
                    "Today: “Marrenland had no hand in this.”",
                    cite(
                        WIRE,
                        "Marrenland denied that its army had fired on the bridge. “We did not order an attack "
                        "and we did "
                        "not make one,” the foreign minister, Osk Tarrel, said",
                    ),
                    cite(MARREN, "“Marrenland had no hand in this,” Tarrel said on Thursday"),
                    status=Status.CLAIMED,
                    rule="one_side_only",
                ),
                (),
            ),
            (
                line(
                    "The Valley Free Brigade claimed responsibility on its channel: “Our people brought down the "
                    "bridge "
                    "at Brackwater.”",
                    cite(BRIGADE, "Our people brought down the bridge at Brackwater."),
                    status=Status.CLAIMED,
                    rule="one_side_only",
                ),
                (),
            ),
        ),
    ),
    (
        SectionKey.DISPUTED,
        "What is disputed",
        (
            (
                line(
                    "The army of Corran said two sentries had been on the bridge; Tarrel said it stood unguarded.",
                    cite(
                        WIRE,
                        "The army of Corran said two sentries had been on the bridge. Tarrel said it stood unguarded",
                    ),
                    status=Status.DISPUTED,
                    rule="different_answers_from_different_sides",
                ),
                (),
            ),
            (
                line(
                    "The cause: a charge under the second pier, according to analysts at the Lindqvist "
                    "Institute; a gas "
                    "main, according to Tarrel.",
                    cite(
                        RADIO,
                        "Analysts at the Lindqvist Institute said the charge was probably placed by hand under "
                        "the second "
                        "pier",
                    ),
                    cite(MARREN, "Tarrel said on Thursday. He said a gas main under the roadway had exploded"),
                    status=Status.DISPUTED,
                    rule="different_answers_from_different_sides",
                ),
                (),
            ),
        ),
    ),
    (
        SectionKey.FIGURES,
        "The figures",
        (
            (
                line(
                    "Killed: three, Governor Venn said on Thursday 13 March; two on Wednesday 12 March.",
                    cite(RADIO, "Three people have now died", "Governor Venn said on Thursday", "on Wednesday"),
                    cite(HERALD, "Governor Ilsa Venn said two people died"),
                    status=Status.REVISED,
                    rule="same_actor_said_otherwise_later",
                ),
                (),
            ),
            (
                line(
                    "Injured: 11, Governor Ilsa Venn said; “Eleven, four of them in a serious condition”, said "
                    "Dr. Mael "
                    "Orrin of the hospital. 3 outlets carry the figure.",
                    cite(HERALD, "Governor Ilsa Venn said two people died and 11 were injured"),
                    cite(
                        WIRE,
                        "the hospital’s director, Dr. Mael Orrin",
                        "“Eleven, four of them in a serious condition,”",
                    ),
                    cite(DAYBREAK, "Eleven people are in hospital in Corran."),
                    status=Status.CORROBORATED,
                    rule="two_or_more_origins",
                ),
                ("3 outlets",),
            ),
        ),
    ),
    (
        SectionKey.UNVERIFIED,
        "What could not be verified",
        (
            (
                line(
                    "The Herald was unable to verify the governor’s figures.",
                    cite(HERALD, "The Herald was unable to verify the governor’s figures."),
                    status=Status.REPORTED,
                    rule="an_outlet_tried_and_could_not",
                ),
                (),
            ),
        ),
    ),
    (
        SectionKey.CHANGED,
        "What has changed",
        (
            (
                line(
                    "Daybreak Online withdrew its report that the railway bridge was hit: “the railway bridge was not "
                    "hit.”",
                    cite(
                        DAYBREAK_CORRECTED,
                        "An earlier version of our report said that the railway bridge was hit. That was wrong, and we "
                        "withdraw it: the railway bridge was not hit.",
                    ),
                    cite(DAYBREAK, "The railway bridge two kilometres upstream was hit as well."),
                    status=Status.WITHDRAWN,
                    rule="taken_back_by_who_said_it",
                ),
                (),
            ),
            (
                line(
                    "Venn corrected the number of dead from two to three after a man of 64 died in hospital.",
                    cite(
                        RADIO,
                        "Three people have now died",
                        "Governor Venn said on Thursday, correcting the figure of two that she gave on Wednesday",
                        "A man of 64 died overnight in hospital in Corran, Venn said",
                    ),
                    status=Status.REVISED,
                    rule="same_actor_said_otherwise_later",
                ),
                (),
            ),
        ),
    ),
    (
        SectionKey.OPEN,
        "What nobody knows yet",
        (
            (
                line(
                    "Who had placed the explosives is not known from these reports.",
                    cite(HERALD, "It was not clear on Wednesday who had placed the explosives."),
                    status=Status.OPEN,
                    rule="asked_and_not_answered",
                ),
                (),
            ),
            (
                line(
                    "When a ferry will run: the road authority gave no date.",
                    cite(RADIO, "the road authority said. It gave no date for a ferry."),
                    status=Status.OPEN,
                    rule="asked_and_not_answered",
                ),
                (),
            ),
        ),
    ),
    (
        SectionKey.BACKGROUND,
        "Background",
        (
            (
                line(
                    "The bridge was opened in 1988 and closed for repairs for five months in 2027, The Corran Herald "
                    "reported.",
                    cite(HERALD, "The bridge, opened in 1988, was closed for repairs for five months in 2027."),
                ),
                (),
            ),
        ),
    ),
)

REPORTS = (HERALD, WIRE, DAYBREAK, DAYBREAK_CORRECTED, RADIO, BRIGADE, MARREN)


def _origin(*reports: Report, edges: tuple[Edge, ...] = ()) -> Origin:
    ids = tuple(sorted(report.id for report in reports))
    return Origin(Origin.make_id(reports=ids), ids, edges)


LINKED = Linked(
    origins=(
        _origin(HERALD),
        _origin(
            WIRE,
            DAYBREAK,
            edges=(
                Edge(
                    derived=DAYBREAK.id,
                    base=WIRE.id,
                    kind=EdgeKind.REWORD,
                    score=0.81,
                    reasons=("credits Northwire in its first paragraph", "the same three facts in the same order"),
                ),
            ),
        ),
        _origin(DAYBREAK_CORRECTED),
        _origin(RADIO),
        _origin(BRIGADE),
        _origin(MARREN),
    ),
    questions=(),
    claims=(),
    relations=(),
)


def bridge() -> Incident:
    """The account of the bridge: every status, every section, 14 lines."""
    account = Account(
        title="The blast at the Brackwater bridge",
        as_of="2031-03-13T21:00:00Z",
        reports=9,
        origins=7,
        sections=tuple(Section(key, heading, tuple(own for own, _ in rows)) for key, heading, rows in _SECTIONS),
    )
    framing = {own.id: phrases for _, _, rows in _SECTIONS for own, phrases in rows if phrases}
    return Incident(account, REPORTS, LINKED, framing)


#: Each would do harm somewhere if it were taken for anything but text.
ATTACKS = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    '"><img src=x onerror="window.hacked = 3">',
    "<svg onload=window.hacked=4>",
    "</style><style>body{display:none}</style>",
    "{{ 7 * 191 }} {% raw %} {# gone #} ${7*191} #{7*191}",
    "]]> <![CDATA[ <!-- --> <?php ?>",
    "javascript:window.hacked=5",
    "\u202egpj.exe\u202c \u2066isolated\u2069",
    "\x00\x08\x1b[31mred\x7f \ud800 \ufffe",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "</mark></p></article></main><h1>Owned</h1>",
    "[link](javascript:window.hacked=6) ![i](https://evil.example/i.png) <https://evil.example>",
    "| a | b |\n|---|---|\n# heading\n- item\n> quote\n```\ncode\n```\n[^1]: note",
)


def hostile() -> Incident:
    """An account with a single report that attacks the page through each of its fields."""
    attack = " ".join(ATTACKS)
    bad = report(
        f"Outlet {attack}",
        "2031-03-12",
        (H, f"Headline {attack}"),
        *((P, f"Paragraph {number}: {words}") for number, words in enumerate(ATTACKS)),
        (B, f"Furniture {attack}"),
        url='javascript:window.hacked=7//"onmouseover="window.hacked=8',
        byline=attack,
        forwarded_from=attack,
        title=attack,
    )
    lines = tuple(
        line(f"Line {words}", cite(bad, f"Paragraph {number}: {words}"), status=status, rule=attack)
        for number, (words, status) in enumerate(zip(ATTACKS, [*Status, *Status], strict=False))
    )
    account = Account(attack, attack, 1, 1, (Section(SectionKey.DISPUTED, attack, lines),))
    edges = (Edge(bad.id, bad.id, EdgeKind.COPY, 1.0, (attack,)),)
    linked = Linked((Origin("o-x", (bad.id,), edges),), (), (), ())
    return Incident(account, (bad,), linked, {})


def many(count: int, *, words: int = 700) -> Incident:
    """A large account: ``count`` reports of about ``words`` words, each cited once."""
    filler = "The river was high that week and the valley road stayed shut while crews waited for the water to fall. "
    paragraph = filler * 4
    reports = []
    for number in range(count):
        body = [(P, f"{paragraph}Paragraph {at}.") for at in range(max(3, words // 75))]
        body[len(body) // 2] = (P, f"{paragraph}Crew {number} reached the pier. {paragraph}")
        reports.append(report(f"Outlet {number}", "2031-03-12", (H, f"Report {number}"), *body))
    lines = tuple(
        line(f"Crew {at} reached the pier.", cite(one, f"Crew {at} reached the pier")) for at, one in enumerate(reports)
    )
    account = Account("Many", None, count, count, (Section(SectionKey.ESTABLISHED, "What is established", lines),))
    return Incident(account, tuple(reports), Linked((), (), (), ()), {})
