"""Pronouns, descriptions, roles and relays: who is behind the words."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.extract import extract
from sayso.extract.names import name_key
from tests.extract.making import one, read, report

pytestmark = pytest.mark.model


def speakers(text: str) -> list[str | None]:
    return [f.who for f in read(text)]


def test_a_pronoun_goes_to_the_last_speaker() -> None:
    assert speakers("Governor Arn Tolvik said the dam held. Later he said two houses were lost.") == ["Arn Tolvik"] * 2


def test_a_surname_goes_to_the_full_name_of_the_report() -> None:
    assert speakers("Governor Arn Tolvik said the dam held.\nTolvik said two houses were lost.") == ["Arn Tolvik"] * 2


def test_a_surname_is_not_that_of_the_wife_named_later() -> None:
    text = (
        "“It is about me,” President Tolvik said on Saturday.\n"
        "His wife, Ilse Tolvik, told a rally that it was about all.\nThe president said turnout would be high."
    )
    assert speakers(text) == ["Tolvik", "Ilse Tolvik", "Tolvik"]


def test_the_office_stands_for_the_person_who_holds_it() -> None:
    assert speakers("Regional governor Arn Tolvik said the dam held.\nThe governor said two houses were lost.") == [
        "Arn Tolvik",
        "Arn Tolvik",
    ]


def test_the_group_never_goes_to_a_ministry() -> None:
    text = (
        "The Defence Ministry said it held the town.\nThe River Front said it was advancing.\n"
        "The group said it would stay."
    )
    assert speakers(text) == ["Defence Ministry", "River Front", "River Front"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # What stands after "in" is a place, whatever the entity recogniser takes it for.
        (
            "At a briefing in Belmark, ministry spokeswoman Ilse Kell said the dam held. She put the losses at 23 dead.",
            ["Ilse Kell", "Ilse Kell"],
        ),
        # A lead names the office, the next paragraph its holder.
        (
            "Two people died, the provincial governor said.\nGovernor Arn Tolvik said rain was falling.",
            ["Arn Tolvik", "Arn Tolvik"],
        ),
        # Two ministers: the word beside the office decides.
        (
            "Dornish minister Arn Tolvik said it rained.\nBelmark minister Ilse Kell said it snowed.\nThe Dornish minister said it was cold.",
            ["Arn Tolvik", "Ilse Kell", "Arn Tolvik"],
        ),
        # Nobody named: the same nameless one goes on.
        ("A witness said a car burned.\nThe witness said two men ran.", ["witness", "witness"]),
        # One word of a body's name stands for it.
        (
            "The Dorn Observatory for Human Rights said a school was hit.\nThe Observatory said it was empty.",
            ["Dorn Observatory for Human Rights"] * 2,
        ),
        # Said of oneself inside a quotation: the one who speaks.
        ("“We want peace,” said Ilse Kell.", ["Ilse Kell"]),
    ],
)
def test_who_is_meant(text: str, who: list[str]) -> None:
    assert speakers(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # The lead speaks of a monitor, the next line names it.
        (
            "Nine people died in the shelling, a monitor said.\nThe Dorn Observatory for Human Rights said four were children.",
            ["Dorn Observatory for Human Rights"] * 2,
        ),
        (
            "The Dorn Observatory for Human Rights said nine people died.\nThe Belmark-based watchdog said four were children.",
            ["Dorn Observatory for Human Rights"] * 2,
        ),
        # A watchdog of another kind is not the only observatory of the report.
        (
            "The Dorn Observatory for Human Rights said nine people died.\nThe chemical arms watchdog said it would look into it.",
            ["Dorn Observatory for Human Rights", "chemical arms watchdog"],
        ),
        # "The source" is the nameless one, not the agency it spoke to.
        (
            "A military source told Radio Dorn the bridge was lost.\nThe source said two men were missing.",
            ["military source", "military source"],
        ),
        # Initials are spelled out where the full name stands in the text.
        (
            "The Independent Doctors Association said the clinic was hit.\nThe IDA said nobody was inside.",
            ["Independent Doctors Association"] * 2,
        ),
        # "General" of a body's name is no rank.
        (
            "General Motors said the works would stay open. Its new chief, Ilse Kell, arrived on Monday. She said nobody would go.",
            ["General Motors", "Ilse Kell"],
        ),
        # A statement speaks for whoever issued it.
        (
            "The River Front issued a statement on Monday. The mayor of Dorn called it nonsense. "
            "The statement said the bridge would be closed.",
            ["mayor of Dorn", "River Front"],
        ),
        # A pronoun in a relative clause: the subject above it, not the last speaker.
        (
            "The Dorn Observatory for Human Rights said nine people died.\nThe Belmark Media Centre posted a video that it said was new.",
            ["Dorn Observatory for Human Rights", "Belmark Media Centre"],
        ),
        # A company with and without its legal form.
        (
            "Kolm Steel Ltd. said the works would stay open.\nKolm Steel said nobody would go.",
            ["Kolm Steel Ltd.", "Kolm Steel Ltd."],
        ),
        # The holder of an office by a wider word.
        (
            "Foreign Minister Arn Tolvik said the talks had failed.\nThe official said there would be others.",
            ["Arn Tolvik", "Arn Tolvik"],
        ),
    ],
)
def test_whom_a_description_stands_for(text: str, who: list[str]) -> None:
    assert speakers(text) == who


def test_a_title_tells_who_is_he_and_who_is_she() -> None:
    text = "Mr Arn Tolvik told Ms Ilse Kell the dam held. She said it leaked. He said it did not."
    assert speakers(text) == ["Arn Tolvik", "Ilse Kell", "Arn Tolvik"]


def test_the_outlet_is_nobody_that_he_stands_for() -> None:
    text = "Mayor Arn Tolvik said the dam held. Sandrel asked him twice. He conceded that water was rising."
    assert [f.who for f in read(text, outlet="Sandrel")][-1] == "Arn Tolvik"


def test_a_pronoun_without_anyone_before_it_stays_unknown() -> None:
    found = one("He said the dam held.")
    assert found.statement.actor is not None
    assert found.statement.actor.type.value == "unknown"


def test_the_role_is_kept_apart_from_the_name() -> None:
    actor = one("Kelm spokesman Arn Tolvik said the dam held.").statement.actor
    assert actor is not None
    assert (actor.name, actor.role, actor.type.value) == ("Arn Tolvik", "Kelm spokesman", "person")
    actor = one("Arn Tolvik, a spokesman for the council, said the dam held.").statement.actor
    assert actor is not None
    assert (actor.name, actor.role) == ("Arn Tolvik", "spokesman for the council")


def test_people_of_a_caption_that_runs_into_the_sentence_are_no_part_of_the_role() -> None:
    actor = one("The BBC's James Rowe Norwegian President Arn Tolvik said the dam held.").statement.actor
    assert actor is not None
    assert actor.name == "Arn Tolvik"
    assert "Rowe" not in (actor.role or "")


def test_initials_of_a_name_that_holds_initials_are_not_that_name() -> None:
    text = "A US Navy ship was on its way. The UN said it could not confirm the death of its envoy."
    assert {f.who for f in read(text)} == {"UN"}


def test_a_group_is_not_the_videos_that_it_released() -> None:
    text = (
        "Other videos released by the group show a flag over the post. The group denied that it had crossed the border."
    )
    assert [f.who for f in read(text)][-1] == "group"


def test_what_a_participle_beside_a_noun_has_said_ends_before_the_verb_of_the_noun() -> None:
    assert one("The group claiming responsibility has been active since May.").what == "responsibility"


def test_whoever_asks_is_not_the_one_who_is_asked() -> None:
    text = "Arn Tolvik said the dam held. I asked Tolvik why the water was rising."
    assert [f.who for f in read(text)][-1] != "Arn Tolvik"


def test_the_one_an_agency_quotes_is_the_speaker() -> None:
    text = (
        "Mayor Arn Tolvik said the dam held. The agency Norwire quoted Tolvik as saying that nobody in the town had heard a "
        "shot since Friday."
    )
    _, found = read(text)
    assert found.who == "Arn Tolvik"
    assert "nobody" in found.what.lower()
    assert "Tolvik" not in found.what
    assert [(h.name, h.kind.value) for h in found.statement.relay] == [("Norwire", "agency")]


@pytest.mark.parametrize(
    "text",
    [
        "Two pilots were killed near Dorn, the Belmark army was quoted as saying by local media.",
        "“The crew died,” the Belmark army was quoted as saying by local media.",
    ],
)
def test_the_one_who_is_quoted_by_a_medium_is_the_speaker(text: str) -> None:
    (found,) = read(text)
    assert found.who == "Belmark army"
    assert [(h.name, h.kind.value) for h in found.statement.relay] == [("local media", "outlet")]


def test_a_clause_about_a_name_is_no_part_of_the_source_where_commas_are_lost() -> None:
    text = "The Dorn Observatory which follows the war said two people died."
    (source,) = one(text).statement.source
    assert source.of(text) == "The Dorn Observatory"


def test_she_is_whoever_was_introduced_since_the_last_speaker() -> None:
    text = (
        "The minister, Arn Tolvik, said money would come. Mara Dorn, from Ostra, is one of the community in the city. "
        "She has heard nothing. She heard rumors that the house had fallen."
    )
    first, *rest = speakers(text)
    assert (first, set(rest)) == ("Arn Tolvik", {"Mara Dorn"})


def test_what_a_thing_is_said_of_is_no_part_of_what_is_said() -> None:
    text = "“It was a very hard process,” Ilse Kell said of joining the army. “It took me several months to get in.”"
    for found in read(text):
        cue, content = found.statement.cue, found.statement.content
        assert [span.of(text) for span in cue] == ["said"]
        assert "joining" not in " ".join(span.of(text) for span in content)


def test_two_speakers_together_are_named_together() -> None:
    assert one("Norland and the Isle States have denied involvement.").who == "Norland and the Isle States"


def test_an_agency_around_a_speaker_is_a_relay_and_no_second_speaker() -> None:
    found = one("Tolvik said the town was quiet, according to state news agency Norwire.")
    assert [(h.name, h.kind.value) for h in found.statement.relay] == [("Norwire", "agency")]
    assert found.what == "the town was quiet"


def test_told_an_outlet_is_a_relay() -> None:
    found = one("Arn Tolvik told the Dorn Courier that the town was quiet.")
    assert [h.kind.value for h in found.statement.relay] == ["outlet"]


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("Arn Tolvik told Radio Dorn that the town was quiet.", [("Radio Dorn", "outlet")]),
        ("Arn Tolvik told AFP the town was quiet.", [("AFP", "agency")]),
        ("Arn Tolvik told reporters that the town was quiet.", []),
        ("Arn Tolvik told his mother that the town was quiet.", []),
        ("Arn Tolvik was quoted by the Dorn Courier as saying the town was quiet.", [("Dorn Courier", "outlet")]),
        ("Arn Tolvik wrote on Telegram that the town was quiet.", [("Telegram", "channel")]),
        (
            "Arn Tolvik told the Dorn Courier that the town was quiet, according to state agency Norwire.",
            [("Dorn Courier", "outlet"), ("Norwire", "agency")],
        ),
        ("In an interview with Radio Dorn, Arn Tolvik said the town was quiet.", [("Radio Dorn", "outlet")]),
        ("Arn Tolvik said the town was quiet, according to preliminary information.", []),
        ("Ilse Kell told The New Dorn the bridge was gone.", [("New Dorn", "outlet")]),
        ("Ilse Kell told the Treasury that the bridge was gone.", []),
        ("Radio Dorn quoted Ilse Kell on Monday as saying the bridge was gone.", [("Radio Dorn", "outlet")]),
        ("The bridge is gone, said Ilse Kell to Radio Dorn.", [("Radio Dorn", "outlet")]),
        # "carried out" and the noun "reports" carry no news.
        ("Ilse Kell said that six Dorn planes carried out the raid.", []),
        ("Ilse Kell said the army in Dorn had received several confirmed reports.", []),
        # Who only hands it on is no second speaker.
        ("Ilse Kell denied that anyone had died, state radio said.", [("state radio", "outlet")]),
        ("Survivors accuse the line of locking the decks, the Dorn Herald reported.", [("Dorn Herald", "outlet")]),
        ("Ilse Kell promised the wire service Altapress that all would have a roof.", [("Altapress", "agency")]),
        ("Soldiers interviewed by the Dorn Herald said the bridge was gone.", [("Dorn Herald", "outlet")]),
        ("The River Front claimed responsibility on Telegram for the blast.", [("Telegram", "channel")]),
    ],
)
def test_relays(text: str, hops: list[tuple[str, str]]) -> None:
    assert [(h.name, h.kind.value) for h in read(text)[0].statement.relay] == hops


def test_an_outlet_behind_a_statement_is_no_statement() -> None:
    assert len(read("Survivors accuse the line of locking the decks, the Dorn Herald reported.")) == 1


def test_a_call_sign_names_whom_a_description_leaves_open() -> None:
    text = "One of its fighters, who goes by the call sign “Cobalt”, told reporters the raid was over.\n“We left in May,” Cobalt said."
    assert speakers(text) == ["Cobalt", "Cobalt"]


def test_what_was_posted_shows_it_and_not_where_it_was_posted() -> None:
    text = "In May, the River Front posted a video on Telegram that appears to show a flag flying over Dorn State University."
    assert "Telegram" not in speakers(text)


def test_where_responsibility_was_claimed_is_no_part_of_what_was_claimed() -> None:
    text = "The River Front claimed responsibility on Telegram for the blast."
    statement = one(text).statement
    assert [span.of(text) for span in (*statement.cue, *statement.content)] == ["claimed responsibility", "the blast"]


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Arn Tolvik said on Telegram that the dam held.", "telegram"),
        ("Arn Tolvik said in a daily briefing that the dam held.", "briefing"),
        ("Arn Tolvik told reporters the dam held.", "briefing"),
        ("State television said the dam held.", "television"),
        ("Arn Tolvik said the dam held.", None),
    ],
)
def test_medium(text: str, medium: str | None) -> None:
    assert one(text).statement.medium == medium


def test_initially_said_is_said_before() -> None:
    found = one("Arn Tolvik initially said no one died.")
    assert found.statement.said is not None
    assert found.statement.said.value == "PAST_REF"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("The Belmark Defence Ministry", "Belmark’s defence ministry", True),
        ("Dr. José Perán", "Jose Peran", True),
        ("Arn Tolvik", "Ilse Tolvik", False),
    ],
)
def test_name_keys(a: str, b: str, same: bool) -> None:
    assert (name_key(a) == name_key(b)) is same


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Drevani foreign ministry again denied that its army had crossed.", "Drevani foreign ministry"),
        ("Belmark's interior ministry said two men were held.", "Belmark's interior ministry"),
        ("The ministry of health confirmed 14 cases.", "ministry of health"),
    ],
)
def test_a_body_written_small_is_called_by_all_its_words(text: str, who: str) -> None:
    assert speakers(text) == [who]


def test_the_ministry_goes_back_to_the_body_written_small() -> None:
    text = "Belmark's interior ministry said two men were held.\nThe ministry said a third had fled."
    assert speakers(text) == ["Belmark's interior ministry"] * 2


def test_i_outside_quotations_is_whoever_wrote_it() -> None:
    def who(text: str, byline: str | None, method: str, outlet: str) -> list[str | None]:
        made = report(text, outlet=outlet)
        made = dataclasses.replace(made, byline=byline, capture=dataclasses.replace(made.capture, method=method))
        return [s.actor.name if s.actor else None for s in extract(made).statements if s.source]

    text = "I wrote that no one had died."
    assert who(text, None, "telegram", "Governor Arn Tolvik") == ["Arn Tolvik"]
    assert who(text, "By Ilse Kell", "file", "Dorn Courier") == ["Ilse Kell"]
    assert who(text, "Ilse Kell and Arn Dorn", "file", "Dorn Courier") == ["I"]
    assert who(text, None, "file", "Dorn Courier") == ["I"]
    known = "According to preliminary information, nobody was killed."
    assert who(known, "Ilse Kell", "file", "Dorn Courier") == ["preliminary information"]
    post = report(known, outlet="Governor Arn Tolvik")
    post = dataclasses.replace(post, capture=dataclasses.replace(post.capture, method="telegram"))
    [statement] = extract(post).statements
    assert (statement.actor and statement.actor.name, statement.content[0].of(known)) == ("Arn Tolvik", known)


def test_outside_quotation_marks_i_is_nobody_the_report_quotes() -> None:
    """Readers' comments below a report: "I wonder" is not the word of whoever was quoted last."""
    text = "“The plan is a copy,” said Arn Tolvik, director of the watch.\nI wonder if the company has read it."
    assert "Arn Tolvik" not in [f.who for f in read(text, voice=True) if f.what.startswith(("if ", "I wonder"))]


def test_where_marks_are_lost_i_is_the_last_speaker() -> None:
    text = "Governor Arn Tolvik said the dam held.\nI doubt that it will hold for long."
    assert set(speakers(text)) == {"Arn Tolvik"}


def test_whoever_is_spoken_of_in_the_words_of_another_does_not_go_on() -> None:
    text = "Spokesman Arn Tolvik said that Governor Edric Holm believed the truce would hold. “We will see,” he added."
    assert [f.who for f in read(text) if "We will see" in f.what] == ["Arn Tolvik"]


def test_a_clause_between_dashes_is_the_reporters() -> None:
    """What stands between dashes in reported speech counts for nobody's figure."""
    found = one("Arn Tolvik said he never called the flood – which is feared to have left 300 dead – a punishment.")
    assert [q.best for q in found.statement.quantities] == []
    found = one("Arn Tolvik said the flood, which left 300 people dead, was no punishment.")
    assert [q.best for q in found.statement.quantities] == [300]


@pytest.mark.parametrize("name", ["John Miller", "Ihor Terekhov", "Ahmad Darwish"])
def test_the_name_behind_an_office_of_a_place_is_who_holds_it(name: str) -> None:
    """The parse sets it beside the place, and the recogniser may take both for one name."""
    text = f"The mayor of Kharkiv, {name}, visited the mill.\n“Three fell,” the mayor said. He added that it was late."
    assert [f.who for f in read(text)] == [name, name]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Police Sgt. Dana Holt said two men were held.", "Dana Holt"),
        ("Coast guard Capt. Laura Benning said nobody was hurt.", "Laura Benning"),
        ("Sen. Maria Cole (D-Iowa) said the law would pass.", "Maria Cole"),
        ("Nine men died in the bay, the coast guard said.", "coast guard"),
        ("Though a rebel spokesman told Reuters it was being studied, talks stalled.", "rebel spokesman"),
    ],
)
def test_titles_and_bodies_of_two_words(text: str, who: str) -> None:
    assert [f.who for f in read(text)] == [who]


def test_a_body_stays_one_beside_its_captain() -> None:
    text = "Nine men died in the bay, the coast guard said.\nCoast guard Capt. Laura Benning said there was no call."
    assert [f.who for f in read(text)] == ["coast guard", "Laura Benning"]


def test_on_which_condition_somebody_spoke_is_nothing_that_was_said() -> None:
    found = read("A union official, who asked not to be named, said the crew had complained about the pumps.")
    assert [f.what for f in found] == ["the crew had complained about the pumps"]
