from __future__ import annotations

from dataclasses import replace

from sayso.account import check_account, compose
from sayso.model import Account, Act, ActorType, Edge, EdgeKind, Kind, Origin, RelationKind, SectionKey, Status
from tests.account.making import claim, extraction, linked, report, statement


def lines(account: Account, key: SectionKey) -> list[str]:
    return [line.text for section in account.sections if section.key is key for line in section.lines]


def test_a_pronoun_is_told_by_name_and_role_and_the_naming_words_are_cited() -> None:
    made = report("Governor Arn Tolvik spoke at noon. He said two houses had burned in the night.")
    words = "two houses had burned in the night"
    s = statement(made, source="He", cue="said", content=words, name="Arn Tolvik", role="Governor")
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert lines(account, SectionKey.EACH_SIDE) == ["Governor Arn Tolvik said two houses had burned in the night."]
    [line] = account.sections[0].lines
    assert "Arn Tolvik" in line.citations[0].exact
    assert check_account(account, {made.id: made.text}) == []


def test_whose_fighter_somebody_is_needs_no_pronoun() -> None:
    made = report("Ilse Korvan, one of its fighters, said two houses had burned in the night.")
    words = "two houses had burned in the night"
    s = statement(made, source="Ilse Korvan", cue="said", content=words, name="Ilse Korvan", role="one of its fighters")
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert lines(account, SectionKey.EACH_SIDE) == [f"Ilse Korvan, one of the fighters, said {words}."]
    assert check_account(account, {made.id: made.text}) == []


def test_what_is_acknowledged_behind_its_words_is_a_clause() -> None:
    made = report("Armed men had crossed the river, Arn Tolvik acknowledged. Other armed men stayed.")
    words = "Armed men had crossed the river"
    s = statement(made, source="Arn Tolvik", cue="acknowledged", content=words)
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert lines(account, SectionKey.EACH_SIDE) == ["Arn Tolvik acknowledged that armed men had crossed the river."]
    assert check_account(account, {made.id: made.text}) == []


def test_a_denial_told_before_its_speaker_stays_a_denial() -> None:
    made = report("The army crossed the river, Arn Tolvik denied in a letter to the council.")
    s = statement(made, source="Arn Tolvik", cue="denied", content="The army crossed the river", act=Act.DENY)
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert all("denied" in text for text in lines(account, SectionKey.EACH_SIDE))
    assert not any(" said " in text for text in lines(account, SectionKey.EACH_SIDE))


def test_two_claims_that_cannot_both_hold_stand_in_one_line_with_both_speakers() -> None:
    a = report("Arn Tolvik said the army had crossed the river.", outlet="The Dorn Courier")
    b = report("Ilse Korvan said no soldier had crossed the river.", outlet="Radio Kelm")
    one = statement(a, source="Arn Tolvik", cue="said", content="the army had crossed the river")
    two = statement(b, source="Ilse Korvan", cue="said", content="no soldier had crossed the river")
    claims = [claim([one], status=Status.DISPUTED), claim([two], status=Status.DISPUTED)]
    account = compose(
        [a, b],
        [extraction(a, [one]), extraction(b, [two])],
        linked([a, b], claims, relations=[(claims[1], claims[0], RelationKind.CONTRADICTS)]),
    )
    [text] = lines(account, SectionKey.DISPUTED)
    assert "Arn Tolvik said" in text
    assert "Ilse Korvan said no soldier" in text
    assert lines(account, SectionKey.EACH_SIDE) == []


def test_what_could_not_be_verified_stands_with_the_claim_it_speaks_of() -> None:
    made = report("Arn Tolvik said 40 fighters had crossed the river. The Dorn Courier could not verify the figure.")
    s = statement(made, source="Arn Tolvik", cue="said", content="40 fighters had crossed the river")
    check = statement(
        made, source="The Dorn Courier", cue="could not verify", content="the figure", act=Act.CANNOT_VERIFY
    )
    account = compose([made], [extraction(made, [s, check])], linked([made], [claim([s], unverified_by=[check])]))
    [text] = lines(account, SectionKey.UNVERIFIED)
    assert text == "Arn Tolvik said 40 fighters had crossed the river. The Dorn Courier could not verify the figure."


def test_the_second_side_of_a_dispute_goes_on_in_small_letters() -> None:
    a = report("Arn Tolvik said the army had crossed the river.", outlet="The Dorn Courier")
    b = report("The Defence Council said no soldier had crossed the river.", outlet="Radio Kelm")
    one = statement(a, source="Arn Tolvik", cue="said", content="the army had crossed the river")
    two = statement(b, source="The Defence Council", cue="said", content="no soldier had crossed the river")
    claims = [claim([one], status=Status.DISPUTED), claim([two], status=Status.DISPUTED)]
    account = compose(
        [a, b],
        [extraction(a, [one]), extraction(b, [two])],
        linked([a, b], claims, relations=[(claims[1], claims[0], RelationKind.CONTRADICTS)]),
    )
    [text] = lines(account, SectionKey.DISPUTED)
    assert "; the Defence Council said" in text


def test_a_rewording_opens_no_dispute_and_gives_no_words() -> None:
    base = report("Arn Tolvik said the army had crossed the river.", outlet="Norwire")
    farm = report(
        "Arne Tolvic told that the force crossed the stream. Kelm rejects the stream crossing.", outlet="Farm"
    )
    said = statement(base, source="Arn Tolvik", cue="said", content="the army had crossed the river")
    mangled = statement(farm, source="Arne Tolvic", cue="told", content="that the force crossed the stream")
    denial = statement(farm, source="Kelm", cue="rejects", content="the stream crossing", act=Act.DENY)
    claims = [claim([said, mangled], status=Status.DISPUTED), claim([denial], status=Status.DISPUTED)]
    bundle = linked([base, farm], claims, relations=[(claims[1], claims[0], RelationKind.DENIES)])
    edge = Edge(farm.id, base.id, EdgeKind.REWORD, 0.8, ("alike",))
    bundle = replace(bundle, origins=(Origin("o-1", (base.id, farm.id), (edge,)),))
    account = compose([base, farm], [extraction(base, [said]), extraction(farm, [mangled, denial])], bundle)
    assert lines(account, SectionKey.DISPUTED) == []
    assert lines(account, SectionKey.EACH_SIDE)[0] == "Arn Tolvik said the army had crossed the river."


def test_a_sentence_that_holds_its_own_speaker_is_told_as_it_stands() -> None:
    made = report("The ferry was full, Arn Tolvik told the council of Dorn.")
    s = statement(made, source="Arn Tolvik", cue="told", content=made.text.rstrip("."))
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert lines(account, SectionKey.EACH_SIDE) == ["The ferry was full, Arn Tolvik told the council of Dorn."]


def test_an_open_question_is_told_in_the_words_that_raise_it() -> None:
    made = report("But it remains unclear who fired the first shot.")
    s = statement(made, content="But it remains unclear who fired the first shot.", act=Act.ASK)
    account = compose([made], [extraction(made, [s])], linked([made], [], asked=[s]))
    [section] = account.sections
    assert section.key is SectionKey.OPEN
    assert [(line.text, line.status) for line in section.lines] == [
        ("It remains unclear who fired the first shot.", Status.OPEN)
    ]


def test_an_older_incident_is_background() -> None:
    made = report("In March last year a raid on the same post left five people dead near the river.")
    s = statement(made, content=made.text)
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s], status=Status.REPORTED)]))
    assert [section.key for section in account.sections] == [SectionKey.BACKGROUND]


def test_a_sentence_that_points_back_is_no_line() -> None:
    made = report("This has been the case for years in the whole valley.")
    s = statement(made, content=made.text)
    assert compose([made], [extraction(made, [s])], linked([made], [claim([s], status=Status.REPORTED)])).sections == ()


def test_the_same_records_in_any_order_give_the_same_account() -> None:
    a = report("Arn Tolvik said the army had crossed the river.", outlet="The Dorn Courier")
    b = report("Ilse Korvan said the bridge had been closed since noon.", outlet="Radio Kelm")
    one = statement(a, source="Arn Tolvik", cue="said", content="the army had crossed the river")
    two = statement(b, source="Ilse Korvan", cue="said", content="the bridge had been closed since noon")
    extractions = [extraction(a, [one]), extraction(b, [two])]
    bundle = linked([a, b], [claim([one]), claim([two])])
    assert compose([a, b], extractions, bundle) == compose([b, a], extractions[::-1], bundle)


def test_no_reports_give_an_account_without_lines() -> None:
    account = compose([], [], linked([], []))
    assert (account.sections, account.reports, account.origins) == ((), 0, 0)


def test_an_adjective_keeps_its_verb() -> None:
    text = "Mira Holt, who fled the flood with her two sons on Friday, has been unable to verify the loss of her house."
    made = report(text)
    s = statement(made, source="Mira Holt", cue="unable to verify", content="the loss of her house")
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert [line.text for section in account.sections for line in section.lines] == [
        "Mira Holt has been unable to verify the loss of her house."
    ]


def test_a_transcripts_label_is_no_part_of_the_line() -> None:
    for label, line in (
        ("ANA DORN, HOST", "ANA DORN, HOST, said: Two houses burned in the village of Varn overnight."),
        ("ANA DORN", "ANA DORN said: Two houses burned in the village of Varn overnight."),
    ):
        made = report(f"{label}: Two houses burned in the village of Varn overnight.")
        words = "Two houses burned in the village of Varn overnight."
        s = statement(made, source=label, cue=":", content=words)
        account = compose([made], [extraction(made, [s])], linked([made], [claim([s], status=Status.REPORTED)]))
        assert [each.text for section in account.sections for each in section.lines] == [line]


def test_a_participle_is_quoted() -> None:
    made = report(
        "The ministry rejected a remark by the preacher Pat Holt suggesting that the whole valley was cursed."
    )
    s = statement(made, source="the preacher Pat Holt", cue="suggesting", content="that the whole valley was cursed")
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    assert [line.text for section in account.sections for line in section.lines] == [
        "The preacher Pat Holt is quoted as suggesting that the whole valley was cursed."
    ]


def test_every_speaker_is_heard_before_one_is_heard_again() -> None:
    words = [
        "two houses burned in the village of Varn on Monday night",
        "the fire brigade reached the village of Varn at nine",
        "nobody in the village of Varn had been warned of a storm",
    ]
    made = report(f"Arn Holt said {words[0]}. Arn Holt said {words[1]}. Mira Kell said {words[2]}.")
    told = [
        statement(made, source=who, cue="said", content=what)
        for who, what in zip(["Arn Holt"] * 2 + ["Mira Kell"], words, strict=True)
    ]
    account = compose([made], [extraction(made, told)], linked([made], [claim([s]) for s in told]))
    heard = [line.split(" said ")[0] for line in lines(account, SectionKey.EACH_SIDE)]
    assert heard == ["Arn Holt", "Mira Kell", "Arn Holt"]


def test_a_pause_is_no_end_of_a_sentence() -> None:
    words = (
        "“It is a long way down there, and there are maybe... thirty or forty people which are still waiting for a boat at the edge of the "
        "water, and I am not at all sure how they will be reached before the night comes over the valley and the cold with it.”"
    )
    made = report(f"Mira Holt says: {words}")
    s = statement(made, source="Mira Holt", cue="says", content=words, kind=Kind.DIRECT)
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
    [line] = [line.text for section in account.sections for line in section.lines]
    assert "thirty or forty" in line


def test_words_that_are_no_sentence_without_what_stands_before_them_are_no_line() -> None:
    for text, source, cue, content in (
        ("He called in Mira Holt to ask whether the old weir had held that night.", "Mira Holt", "ask", "whether the old weir had held that night"),
        ("The Courier agreed not to reveal his name to anybody at all in the valley.", "The Courier", "agreed", "to reveal his name to anybody at all in the valley"),
    ):  # fmt: skip
        made = report(text)
        s = statement(made, source=source, cue=cue, content=content)
        if source.startswith("The"):
            s = replace(s, actor=replace(s.actor, type=ActorType.ORGANIZATION) if s.actor else None)
        account = compose([made], [extraction(made, [s])], linked([made], [claim([s])]))
        assert account.sections == ()
