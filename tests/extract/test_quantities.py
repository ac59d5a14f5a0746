"""Quantities: how many of what, and what befell them, in sentences of our own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sayso.extract.quantities import find_quantities
from sayso.extract.quantities_numbers import find_numbers, to_number
from sayso.model import Measure, Quantity

K, INJ, C, M, P, D, A = (
    Measure.KILLED,
    Measure.INJURED,
    Measure.CASUALTIES,
    Measure.MISSING,
    Measure.CAPTURED,
    Measure.DISPLACED,
    Measure.AFFECTED,
)
Row = tuple[str, float | None, float | None, float | None, str | None, str | None, Measure | None]
OPEN = None


def read(nlp: Language, text: str) -> list[Quantity]:
    return list(find_quantities(nlp(text)))


def rows(nlp: Language, text: str) -> list[Row]:
    return [(q.span.of(text), q.low, q.best, q.high, q.unit, q.counted, q.measure) for q in read(nlp, text)]


def people(words: str, n: float, counted: str | None = "people", measure: Measure | None = None) -> Row:
    return (words, n, n, n, "people", counted, measure)


def things(words: str, n: float, counted: str | None = None, unit: str | None = None) -> Row:
    return (words, n, n, n, unit, counted, None)


# Sentence, and (words, low, best, high, unit, counted, measure) of each quantity.
PHRASES: list[tuple[str, list[Row]]] = [
    # one, some, several, none
    ("One civilian died in the fighting.", [people("One", 1, "civilians", K)]),
    ("A civilian from the village of Torsk died.", [people("A civilian", 1, "civilians", K)]),
    ("An officer was wounded.", [people("An officer", 1, "officers", INJ)]),
    ("Several civilians were injured.", [("Several", 3, 3, 9, "people", "civilians", INJ)]),
    ("A few soldiers were captured.", [("A few", 3, 3, 9, "people", "soldiers", P)]),
    ("Many villagers were killed.", [("Many", 3, 10, OPEN, "people", "villagers", K)]),
    ("A couple of guards were hurt.", [("A couple", 2, 2, 3, "people", "guards", INJ)]),
    ("A handful of residents stayed.", [("A handful", 3, 3, 9, "people", "residents", None)]),
    ("Both pilots died.", [people("Both", 2, "pilots", K)]),
    ("No one died.", [people("No one", 0, "people", K)]),
    ("Nobody was hurt.", [people("Nobody", 0, "people", INJ)]),
    ("Nine people have not been found in Varn.", [people("Nine", 9, measure=M)]),
    ("Nine people were driven from their homes.", [people("Nine", 9, measure=D)]),
    ("Nine people are in hospital with injuries.", [people("Nine", 9, measure=INJ)]),
    ("The number of people killed at Varn stood at nine.", [people("nine", 9, measure=K)]),
    ("No soldiers were killed.", [people("No", 0, "soldiers", K)]),
    ("There were no casualties.", [people("no", 0, "people", C)]),
    ("No injuries were reported.", [people("No", 0, "people", INJ)]),
    ("There were no deaths.", [people("no", 0, "people", K)]),
    ("The strike did not kill anyone.", [people("anyone", 0, "people", K)]),
    ("The blast didn't injure anybody.", [people("anybody", 0, "people", INJ)]),
    ("The raid ended without casualties.", [people("without casualties", 0, "people", C)]),
    ("The flood passed without loss of life.", [people("without loss of life", 0, "people", K)]),
    ("None of the passengers was hurt.", [people("None", 0, "passengers", INJ)]),
    ("Not a single soldier was killed.", [people("Not a single", 0, "soldiers", K)]),
    # vague words (ACLED)
    ("Dozens of people were killed.", [("Dozens", 12, 12, 99, "people", "people", K)]),
    ("Dozens were arrested.", [("Dozens", 12, 12, 99, "people", "people", P)]),
    ("Scores of people drowned.", [("Scores", 40, 40, OPEN, "people", "people", K)]),
    ("Hundreds of families were displaced.", [("Hundreds", 100, 100, 999, None, "families", None)]),
    ("Hundreds of people were displaced.", [("Hundreds", 100, 100, 999, "people", "people", D)]),
    ("Thousands of people fled.", [("Thousands", 1000, 1000, 9999, "people", "people", D)]),
    ("Tens of thousands of people fled.", [("Tens of thousands", 10000, 10000, 99999, "people", "people", D)]),
    (
        "Hundreds of thousands of people fled.",
        [("Hundreds of thousands", 100000, 100000, 999999, "people", "people", D)],
    ),
    ("A dozen fighters surrendered.", [people("A dozen", 12, "fighters", P)]),
    ("Two dozen fighters were killed.", [people("Two dozen", 24, "fighters", K)]),
    ("Half a dozen men were killed.", [people("Half a dozen", 6, "men", K)]),
    ("Several hundred people gathered.", [("Several hundred", 300, 300, 999, "people", "people", None)]),
    ("A few thousand people gathered.", [("A few thousand", 3000, 3000, 9999, "people", "people", None)]),
    # bounds
    ("More than 70 people were killed.", [("More than 70", 70, 70, OPEN, "people", "people", K)]),
    ("At least 12 people were killed.", [("At least 12", 12, 12, OPEN, "people", "people", K)]),
    ("No fewer than nine people were killed.", [("No fewer than nine", 9, 9, OPEN, "people", "people", K)]),
    ("Over 300 people were injured.", [("Over 300", 300, 300, OPEN, "people", "people", INJ)]),
    ("Up to 30 people were trapped.", [("Up to 30", 0, 30, 30, "people", "people", None)]),
    ("As many as 40 people were killed.", [("As many as 40", 0, 40, 40, "people", "people", K)]),
    ("Fewer than five people were hurt.", [("Fewer than five", 0, 5, 5, "people", "people", INJ)]),
    ("Nearly 100 people were killed.", [("Nearly 100", 90, 100, 100, "people", "people", K)]),
    ("About 50 people were killed.", [("About 50", 45, 50, 55, "people", "people", K)]),
    ("Some 200 citizens of Torland fight there.", [("Some 200", 180, 200, 220, "people", "citizens", None)]),
    ("He is one of some 200 Torish citizens there.", [("some 200", 180, 200, 220, "people", "Torish citizens", None)]),
    ("An estimated 4,000 people fled.", [("An estimated 4,000", 3600, 4000, 4400, "people", "people", D)]),
    ("Between 10 and 15 fighters were killed.", [("Between 10 and 15", 10, 10, 15, "people", "fighters", K)]),
    ("From 10 to 15 fighters were killed.", [("From 10 to 15", 10, 10, 15, "people", "fighters", K)]),
    ("10 to 15 fighters were killed.", [("10 to 15", 10, 10, 15, "people", "fighters", K)]),
    ("45-50,000 people were killed.", [("45-50,000", 45_000, 45_000, 50_000, "people", "people", K)]),
    ("10-15 fighters were killed.", [("10-15", 10, 10, 15, "people", "fighters", K)]),
    ("One or two fighters were killed.", [("One or two", 1, 1, 2, "people", "fighters", K)]),
    ("Exactly 17 people were killed.", [people("17", 17, "people", K)]),
    ("Only three people were killed.", [people("three", 3, "people", K)]),
    ("A total of 17 people were killed.", [people("17", 17, "people", K)]),
    ("Another six people were killed.", [people("six", 6, "people", K)]),
    ("15 or more people were killed.", [("15 or more", 15, 15, OPEN, "people", "people", K)]),
    # spelled and digit forms
    ("Twenty-one people were killed.", [people("Twenty-one", 21, "people", K)]),
    ("Three hundred and five people were killed.", [people("Three hundred and five", 305, "people", K)]),
    ("1,250 people were killed.", [people("1,250", 1250, "people", K)]),
    ("Two thousand people were killed.", [people("Two thousand", 2000, "people", K)]),
    ("More than 2.5 million people fled.", [("More than 2.5 million", 2.5e6, 2.5e6, OPEN, "people", "people", D)]),
    ("Two and a half million people fled.", [people("Two and a half million", 2.5e6, "people", D)]),
    ("A hundred people were killed.", [people("A hundred", 100, "people", K)]),
    # killed
    ("12 dead in market blast", [people("12", 12, "people", K)]),
    ("12 killed, 40 injured in bus crash", [people("12", 12, "people", K), people("40", 40, "people", INJ)]),
    ("The attack left 12 dead.", [people("12", 12, "people", K)]),
    ("The dead numbered 12.", [people("12", 12, "people", K)]),
    ("The blast hit a market, killing three.", [people("three", 3, "people", K)]),
    ("The blast killed three people.", [people("three", 3, "people", K)]),
    ("The death toll rose to 14.", [people("14", 14, "people", K)]),
    ("The death toll from the flood has risen to 214.", [people("214", 214, "people", K)]),
    ("The number of dead has reached 212.", [people("212", 212, "people", K)]),
    ("The bodies of six men were found.", [people("six", 6, "men", K)]),
    ("The deaths of four miners shocked the town.", [people("four", 4, "miners", K)]),
    ("Officials confirmed three deaths.", [people("three", 3, "people", K)]),
    ("Five people who died in the fire were brothers.", [people("Five", 5, "people", K)]),
    ("Twelve people drowned.", [people("Twelve", 12, "people", K)]),
    ("The massacre of six monks shocked the town.", [people("six", 6, "monks", K)]),
    ("Two guards were among those killed.", [people("Two", 2, "guards", K)]),
    ("Sixteen sailors had to be hospitalized.", [people("Sixteen", 16, "sailors", INJ)]),
    ("Gunmen shot dead two judges.", [people("two", 2, "judges", K)]),
    ("Four hostages were executed.", [people("Four", 4, "hostages", K)]),
    (
        "Two soldiers and three civilians were killed.",
        [people("Two", 2, "soldiers", K), people("three", 3, "civilians", K)],
    ),
    (
        "The army killed two rebels and three civilians.",
        [people("two", 2, "rebels", K), people("three", 3, "civilians", K)],
    ),
    ("The wounded included 12 killed soldiers.", [people("12", 12, "soldiers", K)]),
    ("Two bombers killed 12 people.", [people("Two", 2, "bombers"), people("12", 12, "people", K)]),
    # parts of a whole
    ("12 dead, including 3 children.", [people("12", 12, "people", K), people("3", 3, "children", K)]),
    (
        "The attack left 12 dead, including three children.",
        [people("12", 12, "people", K), people("three", 3, "children", K)],
    ),
    (
        "At least three people, two of them children, were killed.",
        [("At least three", 3, 3, OPEN, "people", "people", K), people("two", 2, "children", K)],
    ),
    # one and the other
    ("One person was killed and four were injured.", [people("One", 1, "people", K), people("four", 4, "people", INJ)]),
    ("Three died and ten were wounded.", [people("Three", 3, "people", K), people("ten", 10, "people", INJ)]),
    (
        "The blast killed three and wounded ten others.",
        [people("three", 3, "people", K), people("ten", 10, "people", INJ)],
    ),
    (
        "At least 12 people died and 30 were wounded.",
        [("At least 12", 12, 12, OPEN, "people", "people", K), people("30", 30, "people", INJ)],
    ),
    # injured, casualties, missing, captured, displaced, affected
    ("Seven people were hurt.", [people("Seven", 7, "people", INJ)]),
    ("Eight people were hospitalized.", [people("Eight", 8, "people", INJ)]),
    ("Three people were killed or injured.", [people("Three", 3, "people", C)]),
    ("The army reported 40 casualties.", [people("40", 40, "people", C)]),
    ("There were 25 victims.", [people("25", 25, "people", C)]),
    ("Seventeen people are missing.", [people("Seventeen", 17, "people", M)]),
    ("A total of 17 people went missing.", [people("17", 17, "people", M)]),
    ("Three climbers disappeared.", [people("Three", 3, "climbers", M)]),
    ("Gunmen kidnapped four aid workers.", [people("four", 4, "aid workers", P)]),
    ("Police arrested 15 protesters.", [people("15", 15, "protesters", P)]),
    ("Nine fighters were captured.", [people("Nine", 9, "fighters", P)]),
    ("The rebels took six soldiers hostage.", [people("six", 6, "soldiers", P)]),
    ("Some 3,000 people were evacuated.", [("Some 3,000", 2700, 3000, 3300, "people", "people", D)]),
    ("The flood left 500 people homeless.", [people("500", 500, "people", D)]),
    ("The drought affected 40,000 people.", [people("40,000", 40000, "people", A)]),
    ("The drought affected 1,200 homes.", [("1,200", 1200, 1200, 1200, None, "homes", A)]),
    # people and things that nothing befell
    ("Two villages were taken.", [things("Two", 2, "villages")]),
    ("Two drones flew over the roof.", [things("Two", 2, "drones")]),
    ("Three tanks were captured.", [things("Three", 3, "tanks")]),
    ("Two of the villages were taken.", [things("Two", 2, "villages")]),
    ("The mayor met 12 teachers.", [people("12", 12, "teachers")]),
    ("The ferry had 150 passengers on board.", [people("150", 150, "passengers")]),
    ("Four plain-clothes officers came.", [people("Four", 4, "plain-clothes officers")]),
    ("Wolves killed two dogs.", [things("two", 2, "dogs")]),
    ("Two T-72 tanks were destroyed.", [things("Two", 2, "T-72 tanks")]),
    # shares, money, measures
    (
        "A third of the fields lay fallow, and the blast killed birds.",
        [("A third", 33.33, 33.33, 33.33, "%", "fields", None)],
    ),
    ("A magnitude 7.1 earthquake shook Dorn.", [("7.1", 7.1, 7.1, 7.1, "magnitude", None, None)]),
    ("The quake had a magnitude of 6.4.", [("6.4", 6.4, 6.4, 6.4, "magnitude", None, None)]),
    ("The tremor measured 5.5 on the Richter scale.", [("5.5", 5.5, 5.5, 5.5, "magnitude", None, None)]),
    ("Some 45 percent of voters stayed home.", [("Some 45 percent", 40.5, 45, 49.5, "%", "voters", None)]),
    ("Prices rose 12%.", [things("12%", 12, None, "%")]),
    ("Turnout was 61.5 per cent.", [things("61.5 per cent", 61.5, None, "%")]),
    ("Half of the voters stayed home.", [things("Half", 50, "voters", "%")]),
    ("Half the town burned.", [things("Half", 50, "town", "%")]),
    ("Two-thirds of the town burned.", [things("Two-thirds", 66.67, "town", "%")]),
    ("A quarter of the houses burned.", [things("A quarter", 25, "houses", "%")]),
    ("One in five houses burned.", [things("One in five", 20, "houses", "%")]),
    ("Eight out of 10 houses burned.", [things("Eight out of 10", 80, "houses", "%")]),
    ("The bridge cost $3.5 million.", [things("$3.5 million", 3.5e6, None, "USD")]),
    ("The bridge cost 3.5 million dollars.", [things("3.5 million dollars", 3.5e6, None, "USD")]),
    ("The bridge cost €40bn.", [things("€40bn", 4e10, None, "EUR")]),
    ("The bridge cost £20.", [things("£20", 20, None, "GBP")]),
    ("The fine was 300,000 rubles.", [things("300,000 rubles", 300000, None, "RUB")]),
    (
        "The bill was between $3 million and $4 million.",
        [("between $3 million and $4 million", 3e6, 3e6, 4e6, "USD", None, None)],
    ),
    ("They walked 20 kilometers.", [things("20 kilometers", 20, None, "km")]),
    ("The shell flew five km.", [things("five km", 5, None, "km")]),
    ("The road is 12 miles long.", [things("12 miles", 12, None, "mi")]),
    ("A 122mm gun fired.", [things("122mm", 122, None, "mm")]),
    ("The fire burned 400 hectares.", [things("400 hectares", 400, None, "ha")]),
    ("The ship carried 26,000 tonnes of grain.", [things("26,000 tonnes", 26000, None, "t")]),
    ("A 5.6-magnitude quake struck.", [things("5.6-magnitude", 5.6, None, "magnitude")]),
    ("The march took five hours.", [things("five hours", 5, None, "hour")]),
    ("The siege has lasted 15 months.", [things("15 months", 15, None, "month")]),
    ("The siege lasted several weeks.", [("several weeks", 3, 3, 9, "week", None, None)]),
    ("The train went 90 km/h.", [things("90 km/h", 90, None, "km/h")]),
    # what is no quantity
    ("The 34-year-old driver fled.", []),
    ("Anna Toma, 34, spoke.", []),
    ("The boy, aged 12, spoke.", []),
    ("The mayor, 65, was killed near his home.", []),
    ("She was 18 years old.", []),
    ("The strike came on May 5, 2021.", []),
    ("The strike came on 5 May 2021.", []),
    ("The strike came at 3 a.m.", []),
    ("The strike came at 16:53 local time.", []),
    ("It began in 2003.", []),
    ("A Su-25 flew past.", []),
    ("He lives at 22 Oak Street.", []),
    ("They won 3-2.", []),
    ("The council passed Resolution 1701.", []),
    ("Flight 19 was late.", []),
    ("See page 4.", []),
    ("It was one of the worst days.", []),
    ("There was no reason to stay.", []),
    ("No one knows why.", []),
    ("This one is better.", []),
    ("How many houses burned?", []),
    ("He was the 3rd in line.", []),
    ("The second man left.", []),
    ("1. The first point", []),
    # idioms of harm
    ("The minister was killed along with two of his bodyguards.", [people("two", 2, "bodyguards", K)]),
    ("He was killed together with three soldiers.", [people("three", 3, "soldiers", K)]),
    ("Three farmers were shot to death by militants.", [people("Three", 3, "farmers", K)]),
    ("Rebels shot to death three farmers.", [people("three", 3, "farmers", K)]),
    ("Two men were beaten to death in the market.", [people("Two", 2, "men", K)]),
    ("Police said five villagers were burned alive.", [people("five", 5, "villagers", K)]),
    ("The protest followed the death of four students who had been kidnapped.", [people("four", 4, "students", K)]),
    ("The killers of the six priests are still free.", [people("six", 6, "priests", K)]),
    ("The attack claimed the lives of 100 people.", [people("100", 100, "people", K)]),
    ("The attack claimed 100 lives.", [people("100", 100, "people", K)]),
    ("The crash cost the lives of 12 miners.", [people("12", 12, "miners", K)]),
    ("Twelve people lost their lives in the crash.", [people("Twelve", 12, "people", K)]),
    ("Four people have bullet wounds.", [people("Four", 4, "people", INJ)]),
    ("Six workers suffered burns.", [people("Six", 6, "workers", INJ)]),
    ("Six workers sustained serious injuries.", [people("Six", 6, "workers", INJ)]),
    ("Eleven pupils were treated for burns.", [people("Eleven", 11, "pupils", INJ)]),
    ("Seven men are in critical condition.", [people("Seven", 7, "men", INJ)]),
    ("The toll includes 11 children.", [people("11", 11, "children", K)]),
    ("Two women succumbed to their injuries.", [people("Two", 2, "women", K)]),
    # a part of a whole: only the part
    (
        "None of the 40 passengers was injured.",
        [people("None", 0, "passengers", INJ), people("40", 40, "passengers")],
    ),
    (
        "Three of the 40 passengers were injured.",
        [people("Three", 3, "passengers", INJ), people("40", 40, "passengers")],
    ),
    ("All 40 passengers died.", [people("40", 40, "passengers", K)]),
    ("No fewer than five of the miners died.", [("No fewer than five", 5, 5, OPEN, "people", "miners", K)]),
    ("Two of the dead were children.", [people("Two", 2, "people", K)]),
    # news and agency forms
    ("Blast in Torsk kills 14, injures 30", [people("14", 14, "people", K), people("30", 30, "people", INJ)]),
    ("14 dead in Torsk blast", [people("14", 14, "people", K)]),
    (
        "At least nine killed, dozens hurt as bus overturns",
        [("At least nine", 9, 9, OPEN, "people", "people", K), ("dozens", 12, 12, 99, "people", "people", INJ)],
    ),
    (
        "The army put its losses at 12 dead and 31 wounded.",
        [people("12", 12, "people", K), people("31", 31, "people", INJ)],
    ),
    ("The death toll rose from 214 to 340.", [people("214", 214, "people", K), people("340", 340, "people", K)]),
    ("The number of injured has climbed to 87.", [people("87", 87, "people", INJ)]),
    ("From 20 to 30 houses burned down.", [("From 20 to 30", 20, 20, 30, None, "houses", None)]),
    ("Two or three shells fell on the market.", [("Two or three", 2, 2, 3, None, "shells", None)]),
    ("Up to 60 people may be trapped.", [("Up to 60", 0, 60, 60, "people", "people", None)]),
    ("Some 4,000 people were left homeless.", [("Some 4,000", 3600, 4000, 4400, "people", "people", D)]),
    (
        "More than 1.2 million people have fled the region.",
        [("More than 1.2 million", 1_200_000, 1_200_000, OPEN, "people", "people", D)],
    ),
    ("Thousands were evacuated.", [("Thousands", 1000, 1000, 9999, "people", "people", D)]),
    ("Scores of protesters were arrested.", [("Scores", 40, 40, OPEN, "people", "protesters", P)]),
    ("Hundreds of protesters were detained.", [("Hundreds", 100, 100, 999, "people", "protesters", P)]),
    ("Tens of thousands of residents fled.", [("Tens of thousands", 10_000, 10_000, 99_999, "people", "residents", D)]),
    ("Nearly 300 soldiers surrendered.", [("Nearly 300", 270, 300, 300, "people", "soldiers", P)]),
    ("Twenty-two sailors are missing.", [people("Twenty-two", 22, "sailors", M)]),
    ("A dozen children were abducted.", [people("A dozen", 12, "children", P)]),
    ("Half a dozen children were abducted.", [people("Half a dozen", 6, "children", P)]),
    ("Two dozen huts were destroyed.", [things("Two dozen", 24, "huts")]),
    ("One in five houses was destroyed.", [("One in five", 20, 20, 20, "%", "houses", None)]),
    ("About a third of the town is under water.", [("About a third", 29.997, 33.33, 36.663, "%", "town", None)]),
    ("Turnout was 41.5 per cent.", [things("41.5 per cent", 41.5, None, "%")]),
    ("Prices rose by 3%.", [things("3%", 3, None, "%")]),
    ("The damage was put at $2.5 billion.", [things("$2.5 billion", 2_500_000_000, None, "USD")]),
    ("The city will pay 300,000 euros.", [things("300,000 euros", 300_000, None, "EUR")]),
    ("The quake was felt 200 km away.", [things("200 km", 200, None, "km")]),
    ("The fire burned 1,200 hectares.", [things("1,200 hectares", 1200, None, "ha")]),
    ("Two brothers, aged 9 and 11, drowned.", [people("Two", 2, "brothers", K)]),
    (
        "A woman and her three children were killed.",
        [people("A woman", 1, "women", K), people("three", 3, "children", K)],
    ),
    ("The dead include two nurses.", [people("two", 2, "nurses", K)]),
    ("Among the dead were five children.", [people("five", 5, "children", K)]),
    ("Rescuers pulled 17 bodies from the rubble.", [people("17", 17, "people", K)]),
    ("Seventeen bodies have been recovered.", [people("Seventeen", 17, "people", K)]),
    ("The convoy lost six trucks.", [things("six", 6, "trucks")]),
    (
        "The army said it had killed 70 militants and destroyed four tanks.",
        [people("70", 70, "militants", K), things("four", 4, "tanks")],
    ),
    ("The governor denied that 30 soldiers had been killed.", [people("30", 30, "soldiers", K)]),
    ("Seven of them died.", [people("Seven", 7, "people", K)]),
    ("Forty people were taken hostage.", [people("Forty", 40, "people", P)]),
    ("Thirty prisoners were freed.", [people("Thirty", 30, "prisoners")]),
    ("The two sides exchanged 95 prisoners each.", [things("two", 2, "sides"), people("95", 95, "prisoners")]),
    ("The strike killed 5 and wounded 18 others.", [people("5", 5, "people", K), people("18", 18, "people", INJ)]),
    (
        "Five policemen and two civilians were wounded.",
        [people("Five", 5, "policemen", INJ), people("two", 2, "civilians", INJ)],
    ),
    ("Ten people were killed or wounded.", [people("Ten", 10, "people", C)]),
    ("The floods have affected 80,000 people.", [people("80,000", 80_000, "people", A)]),
    ("They were held for 15 months.", [things("15 months", 15, None, "month")]),
    ("An estimated 3,000 people attended.", [("An estimated 3,000", 2700, 3000, 3300, "people", "people", None)]),
    ("As many as 500 people were buried.", [("As many as 500", 0, 500, 500, "people", "people", None)]),
    ("Fewer than ten shops were open.", [("Fewer than ten", 0, 10, 10, None, "shops", None)]),
    ("Exactly 88 people were on board.", [people("88", 88, "people")]),
    ("Not one of the hostages was harmed.", [people("Not one", 0, "hostages", INJ)]),
    ("Nobody was arrested.", [people("Nobody", 0, "people", P)]),
    ("There are no missing people.", [people("no", 0, "people", M)]),
    ("Another 12 bodies were found.", [people("12", 12, "people", K)]),
    ("A further 200 families were displaced.", [things("200", 200, "families")]),
    ("He was jailed for 15 years.", [things("15 years", 15, None, "year")]),
    ("The patrol lost 12 men, among them two officers.", [people("12", 12, "men"), people("two", 2, "officers")]),
    ("The toll was revised down from 37 to 29.", [people("37", 37, "people", K), people("29", 29, "people", K)]),
    ("Output fell from 200 to 150 tonnes.", [things("200", 200, "tonnes"), things("150 tonnes", 150, None, "t")]),
    ("From 6 to 9 houses are still standing.", [("From 6 to 9", 6, 6, 9, None, "houses", None)]),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[t for t, _ in PHRASES])
def test_phrase(nlp: Language, text: str, expected: list[Row]) -> None:
    found = rows(nlp, text)
    assert [tuple(v if not isinstance(v, float) else pytest.approx(v) for v in row) for row in expected] == found


def test_the_table_is_as_large_as_we_say() -> None:
    assert len(PHRASES) >= 250


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("zero", 0),
        ("a", 1),
        ("a dozen", 12),
        ("ninety-nine", 99),
        ("two hundred", 200),
        ("one thousand two hundred and three", 1203),
        ("3 million", 3_000_000),
        ("1.5 billion", 1_500_000_000),
        ("40k", 40_000),
        ("half a million", 500_000),
        ("twelve hundred", 1200),
        ("sheep", None),
        ("", None),
    ],
)
def test_to_number(words: str, number: float | None) -> None:
    assert to_number(words) == number


def test_only_vague_words_are_vague(nlp: Language) -> None:
    assert [q.vague for q in read(nlp, "Dozens died, some 20 fled and three stayed.")] == [True, True, False]
    assert [q.vague for q in read(nlp, "Between 10 and 15 people died.")] == [False]


def test_offsets_count_in_the_report(nlp: Language) -> None:
    (quantity,) = find_quantities(nlp("Only three people died."), offset=500)
    assert quantity.span == (505, 510)


def test_low_best_and_high_are_in_order(nlp: Language) -> None:
    for text, _ in PHRASES:
        for q in read(nlp, text):
            assert q.low is not None
            assert q.best is not None
            assert q.low <= q.best
            assert q.high is None or q.best <= q.high


@pytest.mark.parametrize(
    "text", ["", "and and and", "%%%", "between and", "$", "9" * 400, "no no no one", "-5-5-5-", "With 12 men"]
)
def test_damaged_text_does_no_harm(nlp: Language, text: str) -> None:
    find_quantities(nlp(text))
    list(find_numbers(text))
