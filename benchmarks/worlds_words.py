"""The sentences that `worlds` is made of: our own, and none of them about anything that happened.

`{one|another}` is a choice, and choices stand inside choices; `<name>` is filled by the world. Each fact has frames that
differ in clause order, voice and wording; with their choices each comes in dozens to thousands of forms.
"""

# A frame reads better whole than broken.
# ruff: noqa: E501

from __future__ import annotations

#: What can happen: the words that set one kind of event apart from another.
EVENTS: dict[str, dict[str, str]] = {
    "blast": {
        "event": "{explosion|blast|detonation}",
        "site": "{grain silo|flour mill|paint works|fireworks depot|fertiliser store}",
        "came": "{tore through|ripped through|shook|wrecked|blew apart}",
        "victims": "{workers|employees|staff|labourers}",
        "cause": "{a leaking gas line|dust that caught fire|a faulty boiler|a welder's torch|chemicals stored side by side}",
        "crew": "{firefighters|fire crews|rescue teams}",
        "damage": "{windows|roofs|shopfronts}",
        "after": "{smouldering|burning|still hot}",
    },
    "ferry": {
        "event": "{sinking|accident|capsizing|disaster}",
        "site": "{river ferry|passenger boat|car ferry|wooden launch}",
        "came": "{overturned|sank|keeled over|went down}",
        "victims": "{passengers|travellers|people aboard|day trippers}",
        "cause": "{too many people on board|a shifted cargo|a sandbank|a cracked hull|a sudden squall}",
        "crew": "{divers|coastguards|lifeboat crews}",
        "damage": "{jetties|moorings|piers}",
        "after": "{adrift|half under water|lying on its side}",
    },
    "flood": {
        "event": "{flood|deluge|flash flood|inundation}",
        "site": "{valley dam|old weir|mill dyke|earth embankment}",
        "came": "{gave way|burst|collapsed|broke}",
        "victims": "{residents|villagers|people living there|householders}",
        "cause": "{weeks of rain|a blocked spillway|burrowing animals|poor upkeep|melting snow}",
        "crew": "{soldiers|rescuers|civil defence teams}",
        "damage": "{houses|bridges|barns}",
        "after": "{under water|cut off|deep in mud}",
    },
    "raid": {
        "event": "{raid|assault|attack|incursion}",
        "site": "{border post|police station|army checkpoint|customs house}",
        "came": "{was stormed by gunmen|came under fire|was overrun|was shelled}",
        "victims": "{guards|officers|soldiers|servicemen}",
        "cause": "{a feud between smugglers|a rebel faction|deserters|a local militia|armed exiles}",
        "crew": "{medics|army units|ambulance crews}",
        "damage": "{vehicles|barracks|warehouses}",
        "after": "{sealed off|without power|under curfew}",
    },
    "train": {
        "event": "{crash|collision|derailment|rail accident}",
        "site": "{commuter train|night express|freight train|railcar}",
        "came": "{left the rails|jumped the track|hit a lorry|ran into a buffer}",
        "victims": "{passengers|commuters|riders|people on the train}",
        "cause": "{a broken rail|a signal passed at red|a tired driver|excessive speed|vandals}",
        "crew": "{paramedics|emergency crews|rescuers}",
        "damage": "{carriages|signals|overhead wires}",
        "after": "{on its side|blocking both tracks|across the line}",
    },
}

#: Facts in the order in which reports mostly tell them, each with its frames.
FACTS: dict[str, tuple[str, ...]] = {
    "what": (
        "{A|The} <site> {in|near|outside} <town> <came> {on|late on|early on} <weekday>, {killing at least|leaving at least} <dead> people {dead|as it did so}.",
        "At least <dead> people {died|were killed|lost their lives} {when|after} {a|the} <site> <came> {in|close to} <town> {on|during} <weekday>.",
        "{On|Last} <weekday> {a|the} <site> <came> {at|near} <town>, {and|where} no fewer than <dead> {people|<victims>} {were killed|died}.",
        "<town> {was in mourning|woke to grief} after {the|an} <event> of {a|its} <site> that {cost|claimed} <dead> lives {on|this} <weekday>.",
        "{Rescue work|A search|An operation} was {under way|going on} {in|around} <town> {after|following} <weekday>'s <event>, {in which|which left} <dead> {people died|dead} {at the|beside a} <site>.",
        "The {death toll|number of dead} {stood at|had reached} <dead> after {a|the} <site> <came> {on|in the night to} <weekday> {in|on the edge of} <town>, {in|part of} <region>.",
    ),
    "hurt": (
        "{Another|A further|Some} <hurt> people were {injured|hurt|wounded}, <grave> of them {seriously|badly|critically}.",
        "{Hospitals|Doctors|Clinics} {in the area|nearby} {treated|took in|admitted} <hurt> {injured|wounded} people, {and|of whom} <grave> were in a {serious|critical|grave} condition.",
        "The {injured|wounded} {numbered|came to} <hurt>; <grave> {were fighting for their lives|had life-threatening wounds}.",
        "<hurt> <victims> {suffered|had|came away with} injuries, {including|among them} <grave> who {needed surgery|were operated on} {at once|overnight}.",
        "{Ambulances|Helicopters and ambulances} {took|carried|brought} <hurt> {casualties|injured people} to <hospital>, where <grave> {remained|were} in intensive care.",
        "At <hospital>, {staff|nurses} {were looking after|cared for} <hurt> {of the injured|patients}, {with|and there were} <grave> {on ventilators|in danger of dying}.",
    ),
    "missing": (
        "{As many as|About|Some} <missing> people {are|were|remained} {still missing|unaccounted for}.",
        "{Nothing has|Nothing had} been heard of <missing> others, {and hopes are fading|whose families wait for news}.",
        "The {search|hunt} {continued|went on|was resumed} for <missing> {missing people|<victims> not yet found}.",
        "<crew> {are looking|were searching|kept searching} for <missing> {people who have not been seen since|missing <victims>}.",
        "{Relatives|Families} {put|gave} the names of <missing> {missing|absent} <victims> {on a list|to the police} {at|outside} the town hall.",
        "Of those {present|there} at the time, <missing> {could not be traced|had not been found} by {nightfall|evening}.",
    ),
    "time": (
        "It {happened|took place|occurred} {at about|around|shortly before} <clock>, when {most people were asleep|the streets were empty|the market was closing}.",
        "The first {calls|alarms} {reached|came in to} the {emergency services|control room} {at|just after} <clock>.",
        "{Clocks|Cameras} {in|around} the {square|centre} {stopped at|recorded it at} <clock>, {the moment of|when they registered} the <event>.",
        "{Witnesses|People nearby} {put|gave} the time of the <event> {as|at} {about|roughly} <clock>.",
        "{By|According to} the {town's log|duty book}, {everything began|it all started} at <clock>.",
    ),
    "cause": (
        "{Investigators|Inspectors|Experts} {suspect|believe|think} that <cause> {was to blame|was the cause|lay behind the <event>}.",
        "The {probable|likely|suspected} {cause|reason} was <cause>, {though|although} {nothing is certain yet|tests go on|no finding has been published}.",
        "<cause> {may have|could have|is thought to have} {caused|led to|brought about|set off} the <event>.",
        "{Attention|Suspicion} {turned|has turned} to <cause> as {the inquiry|an investigation} {began|opened|got under way}.",
        "{Nobody|No official} would {rule out|exclude} <cause> as the {reason for|origin of} the <event>.",
        "{An inquiry|An investigation} will {determine|establish|look into} whether <cause> {played a part|was responsible}.",
    ),
    "evacuated": (
        "{About|Some|More than} <moved> {people|residents} {were|had been} {evacuated|moved out|taken to safety} {from the area|from nearby streets}.",
        "{Authorities|The council|Officials} {ordered|told} <moved> {people|residents} to {leave|quit} their homes {as a precaution|for fear of worse}.",
        "{Schools|Sports halls|Churches} {took in|sheltered|gave beds to} <moved> {people|residents} who had {left|fled} their homes.",
        "<moved> {townspeople|inhabitants} {spent|passed} the night {in shelters|in tents|with friends} {after an evacuation|because it was unsafe to return}.",
        "{Buses|Army lorries} {brought|carried} <moved> {evacuees|people} to {the next town|higher ground|<district>}.",
    ),
    "rescue": (
        "{More than|Some|About} <crewcount> <crew> {worked|toiled|laboured} {through the night|until dawn|for hours} {at the scene|in the dark}.",
        "<crew>, <crewcount> of them, {used|brought} {dogs and cameras|heavy cranes|floodlights and drills} {to reach|to look for} {survivors|those inside}.",
        "{A force of|In all} <crewcount> <crew> {was sent|were deployed|came} {from across|from all over} <region>.",
        "{Helped by|With the help of} volunteers, <crewcount> <crew> {pulled|brought|carried} {survivors|people} {out|to safety}.",
        "{It took|It needed} <crewcount> <crew> {hours|until morning} to {bring the situation under control|get near the <site>}.",
    ),
    "damage": (
        "{At least|Some|Around} <broken> <damage> {were|had been} {damaged|destroyed|wrecked}, {the council said|by a first count}.",
        "The <event> {destroyed|damaged|ruined} <broken> <damage> and {cut off power|left the water undrinkable}.",
        "{Surveyors|Engineers} {counted|listed} <broken> {ruined|damaged} <damage> {within a kilometre|in <district> alone}.",
        "{Damage|Losses} {included|ran to} <broken> <damage>, {and was put at|worth about} <cost> million crowns.",
        "{Insurers|The region} {estimated|put} the {damage|loss} at <cost> million crowns; <broken> <damage> {are beyond repair|must be pulled down}.",
    ),
    "closed": (
        "{The road|The highway} to <district> {was|has been|stayed} {closed|shut|blocked}, and {schools|offices} {will not open|stay shut} before <later>.",
        "{Schools|Shops|Banks} in <district> {were|are} to {remain closed|stay shut} until <later>.",
        "{Traffic|Trains} {to|towards} <district> {was diverted|were diverted|had to go round}, {perhaps|probably} until <later>.",
        "Until <later> {nobody|no traffic} will be {allowed|let} into <district>, {police said|according to a notice}.",
        "{A cordon|Roadblocks} {kept|held} {people|sightseers} away from <district>; {it|they} will {stand|be kept up} until <later>.",
    ),
    "power": (
        "{Electricity|Power} {was|had been} {restored|back} in {most|two thirds} of the {homes|households} by {midday|evening}, {but|though} <dark> {were|remained} {in the dark|without it}.",
        "<dark> {homes|households} {lost|were without|had no} {electricity|power|light}.",
        "The {utility|grid company} {said|reported} that <dark> {customers|households} {had no current|were cut off}.",
        "{Engineers|Technicians} {worked|tried} to {reconnect|restore power to} <dark> {homes|customers}.",
    ),
    "money": (
        "{The government|The cabinet|Parliament} {promised|set aside|approved} <aid> million crowns {for the families|in emergency aid|to rebuild}.",
        "{Families|Relatives} of the dead {are to|will} {receive|get} {money|help} from a fund of <aid> million crowns.",
        "{A fund|An appeal} {for the victims|for those bereaved} {holds|had raised} <aid> million crowns {so far|by the evening}.",
        "{Aid|Relief} {worth|of} <aid> million crowns was {pledged|announced|granted} {by the capital|by <region>}.",
    ),
    "arrest": (
        "{Police|Detectives} {detained|arrested|questioned} <held> {people|men|suspects} {in connection with the <event>|overnight}.",
        "<held> {managers|men|people} {were|are} {in custody|under arrest|being questioned}.",
        "{A judge|A court} {ordered|allowed} <held> {people|suspects} to be {held|kept in custody} {for ten days|while the inquiry goes on}.",
        "{The arrest|The detention} of <held> {people|suspects} was {announced|made public} {hours|a day} later.",
    ),
    "history": (
        "{It was|This was} the {worst|deadliest|gravest} {such <event>|accident of its kind|incident} in <region> since <year>, when <old> people died.",
        "In <year> {a similar <event>|an earlier <event>} {killed|cost the lives of} <old> people {a few miles away|in the same district}.",
        "<region> {has seen|saw} {nothing like it|no such <event>} since <year>; <old> {people|lives} {were lost|died} {then|that year}.",
        "{Locals|Older people} {remember|recall|still speak of} <year>, when <old> {people died|were killed} in {another <event>|much the same way}.",
    ),
    "warned": (
        "{Inspectors|Auditors|Union leaders} had {warned|complained|written} {of dangers|about safety} <times> times {since|in the years after} <year2>.",
        "<times> {warnings|complaints} {about|over} {safety|the state of things} {went unheeded|were ignored|led to nothing} {after|from} <year2> {on|onwards}.",
        "{Papers|Letters|Files} {show|suggest} that the {owners|authorities} {knew|had been told} of {faults|risks} <times> times, first in <year2>.",
        "{Since|Beginning in} <year2>, <times> {reports|letters} {called for|urged} {repairs|better protection}.",
    ),
    "weather": (
        "{Rain|Fog|Snow|Wind} {hampered|slowed|made difficult} the {work|search}, {and|while} {more was forecast|forecasters saw no change} {until|before} <later>.",
        "{Forecasters|The weather office} {expect|foresaw|spoke of} {gales|frost|heavy showers} {until|up to} <later>, {which will not help|bad news for the search}.",
        "{Bad weather|Low cloud|A storm} {grounded|kept down} the {helicopters|aircraft} for {hours|most of the day}.",
    ),
    "visit": (
        "{The president|The prime minister|A minister} {will visit|is to come to|was expected in} <town> on <later>.",
        "{On|By} <later> {the head of state|the prime minister} {will|is due to} {see|inspect} the {scene|place} {in person|for herself}.",
        "{Flags|All flags} in <region> {fly|will fly|were flown} at half mast until <later>.",
        "{Three days|A week} of mourning {was|were} {declared|proclaimed}, {to end on|lasting until} <later>.",
    ),
    "children": (
        "{Among the dead were|The dead included|Those killed include} <kids> {children|pupils|schoolchildren}.",
        "<kids> of {those who died|the dead} were {under age|under twelve|at school}.",
        "{A teacher|The school} {confirmed|said} that <kids> {of its pupils|children} {were killed|had died}.",
    ),
    "dna": (
        "{Only|So far} <named> {bodies|of the dead} {had been|were} {identified|named}.",
        "{Pathologists|Doctors} {identified|put names to} <named> of the {bodies|victims}, {some|a few} by {dental records|rings and watches}.",
        "{Identifying|Naming} the dead {will take|could take} {weeks|days}; <named> {are known|have been identified} so far.",
    ),
}

#: What only somebody on the spot tells; each outlet that witnesses takes its own.
SCENES: tuple[str, ...] = (
    "{A|One} {woman|man|boy} {stood|sat|waited} by the {road|river|fence} {holding|clutching} {a shoe|a lamp|a kettle|a photograph|a birdcage}.",
    "{Smoke|Dust|Mist} {hung|lay} over the {fields|roofs|water} and {dogs|bells|sirens} could be heard {from afar|all morning|until noon}.",
    "{The baker|The chemist|A barber} {across the street|on the corner} {gave away|handed out} {bread|tea|blankets|water} {to anyone who came|for nothing}.",
    "{On the steps of|In front of} the {church|library|town hall} {somebody|children} had {laid|left} {flowers|candles|toys|a wreath}.",
    "Our {reporter|correspondent} {saw|counted} {four|six|nine|eleven} {lorries|stretchers|covered bodies|tents} {in a row|by the gate|near the bridge}.",
    "{A cafe|A garage|A dance school} {nearby|two doors on} had {become|been turned into} {a first-aid post|a kitchen|a place to wait}.",
    "{The air|The whole street} {smelt of|stank of} {diesel|burnt rubber|wet plaster|mud}, and {glass|gravel|silt} {crunched|lay} underfoot.",
    "{Two|Three} {brothers|sisters|cousins} {walked|had walked} {all night|from the next village|for miles} to {look for|ask after} their {father|mother|uncle}.",
    "{A clock|A piano|A child's bicycle|A cash register} {stood|lay} {in the middle of the road|upside down in a garden|on a heap of bricks}.",
    "{A priest|A nurse|A postman} {went|was going} from {group to group|tent to tent}, {writing down names|asking who was missing}.",
    "{Nobody|Hardly anybody} {spoke|talked} {in the queue|at the gate}; {an old man|a girl} {hummed|wept|prayed}.",
    "{At|Towards} {dawn|noon|dusk} {the crowd|people} {fell silent|took off their hats|drew back} {as|when} {a hearse|the crane|a boat} {passed|came}.",
)

#: What one outlet alone found out, with people and figures of its own: each matter with its frames.
OWN: dict[str, tuple[str, ...]] = {
    "shop": (
        "<person>, who {runs|keeps} a {bakery|bookshop|garage} {in|at} <spot>, {closed|shut} the door {for the first time|as never before} in <own> years.",
        "{For|In} <own> years <person> {has sold|sold} {bread|books|tyres} {at|in} <spot>; {now|today} the {shutters are|blinds were} down.",
        "The {bakery|bookshop|garage} of <person> {at|on} <spot>, <own> years {old|in the family}, {stayed|was} {shut|dark}.",
    ),
    "escape": (
        "<person>, <own>, {got out|escaped} {through a window|by a back stair} and {ran|walked} as far as <spot> {without shoes|in the dark}.",
        "{Barefoot|Without a coat}, <person> ({aged <own>|<own>}) {fled|made it} to <spot> after {climbing|jumping} out {at the back|of a window}.",
        "{A window|The back stair} {saved|was the way out for} <person>, a <own>-year-old who {reached|was found at} <spot>.",
    ),
    "study": (
        "{A study|Research} {from|by} the institute at <spot> {counted|found} <own> {such cases|similar events} in {ten|twenty|thirty} years.",
        "<own> {similar events|such cases} {in|over} {ten|twenty|thirty} years {were listed|are recorded} {in|by} a study {made at|of the institute at} <spot>.",
        "{Scholars|Researchers} at <spot> {have|had} {a list of|on file} <own> {comparable|like} {cases|events}.",
    ),
    "market": (
        "Shares {of|in} the {operator|owner|builder} {fell|lost|dropped} <own> per cent {on|at} the exchange at <spot>.",
        "{Investors|Traders} at <spot> {sold|took fright}: the {owner's|operator's} shares {ended|closed} <own> per cent {lower|down}.",
        "{At|On} the exchange of <spot> the {owner|operator} was worth <own> per cent less {by evening|at the close}.",
    ),
    "club": (
        "The {football|rowing|chess} club of <spot> {called off|cancelled} its match; <own> {members|of its members} {are helping|helped} {in kitchens|with blankets}.",
        "<own> members of the {football|rowing|chess} club {at|from} <spot> {turned up|came} to {help|carry boxes} {instead of playing|as their match was off}.",
        "{Instead of|In place of} a match, the {football|rowing|chess} club of <spot> {sent|offered} <own> {volunteers|pairs of hands}.",
    ),
    "plan": (
        "{A plan|Plans} {to rebuild|for new works at} <spot>, {drawn up|approved} {by|under} <person>, {has|have} {lain|lied} in a drawer for <own> years.",
        "{It is|It was} <own> years since <person> {proposed|drew} {improvements|new works} {at|for} <spot>, {and nothing came of it|never built}.",
        "{Nobody|No council} ever {built|paid for} what <person> {sketched|planned} {for|at} <spot> <own> years ago.",
    ),
    "wedding": (
        "{A wedding|A concert} {at|in} <spot> {was broken off|ended early}, {and|as} <own> guests {left|went home} {in silence|on foot}.",
        "<own> {guests|people} {had come|were gathered} {for a wedding|for a concert} {at|in} <spot> when the {news|word} {came|spread}.",
        "{The band|The organist} {stopped|put down the music} at <spot>, where <own> {guests|listeners} {sat|were seated}.",
    ),
    "vote": (
        "{Elections|The vote} in <own> weeks {may|could} turn on it: <person> {leads|is ahead} {in|around} <spot>.",
        "<person>, who {stands|is running} {for|in} the seat of <spot>, {stopped|suspended} {campaigning|all rallies} <own> weeks before the {vote|ballot}.",
        "{With|There being} <own> weeks {to go|left} {until|before} the {ballot|vote}, {rallies|meetings} {in|at} <spot> were {dropped|put off} by <person>.",
    ),
    "animals": (
        "{A vet|A farmer}, <person>, {drove|led} <own> {cows|sheep|horses} {from|out of} {stables|fields} {near|by} <spot>.",
        "<own> {cows|sheep|horses} {were brought|were led} {away|to safety} {from|near} <spot> by <person>.",
        "{Near|By} <spot>, <person> {counted|gathered} <own> {cows|sheep|horses} that had {bolted|run off}.",
    ),
    "phone": (
        "{The last|A last} {message|call} {came|arrived} {from|by} <person> {at|from} <spot>: it {lasted|ran to} <own> seconds.",
        "<own> seconds {long|of sound}: {so much|that is what} {remains|is left} of {a call|a message} {made by|from} <person> {near|at} <spot>.",
        "{On a phone|On the line} <person> {was heard|could be heard} for <own> seconds {from|near} <spot>{, then nothing|}.",
    ),
    "prices": (
        "{Rooms|Beds} {at|around} <spot> {cost|went for} <own> crowns a night {as|once} {reporters|crews} {arrived|poured in}.",
        "{A night|A bed} {in|at} <spot> {rose|went up} to <own> crowns {within hours|by the evening}, {guests|travellers} {complained|found}.",
        "<person>, {a landlady|a landlord} {in|at} <spot>, {asked|wanted} <own> crowns for a {room|bed}.",
    ),
    "museum": (
        "The museum at <spot> {opened|lent} its {cellar|hall} for <own> {boxes|crates} of {papers|belongings}, {guarded|watched} by <person>.",
        "<own> {crates|boxes} {of belongings|with papers} {went|were carried} to the museum {of|at} <spot>, {where|and} <person> {keeps|kept} the key.",
        "<person> of the museum at <spot> {has|had} <own> {boxes|crates} {to look after|in the hall}, {full of|holding} {belongings|papers}.",
    ),
    "song": (
        "{A choir|Schoolgirls} from <spot> {sang|are to sing} {for|before} <own> {people|mourners}, {led|conducted} by <person>.",
        "{Before|In front of} <own> {mourners|people}, <person> {led|conducted} {a choir|singers} {from|of} <spot>.",
        "<own> {mourners|people} {heard|listened to} {a choir|singers} {from|of} <spot> under <person>.",
    ),
    "letter": (
        "{In a letter|In writing}, <person> of <spot> {asked|had asked} <own> {times|months ago} for {a wall|lights|a siren}.",
        "{A wall|Lights|A siren}: <person> {of|from} <spot> {wanted|had sought} {no more|just that}, and {wrote|asked} <own> {times|months ago}.",
        "<own> {letters|notes} from <person>, {who lives|at home} {at|in} <spot>, {lie|are} {unanswered|in the files}.",
    ),
}

#: What people tell one reporter alone.
TOLD: tuple[str, ...] = (
    "I {heard|noticed} {a noise|a rumble} {like|as of} {a drum|thunder|a falling wall} and {thought|supposed} {it was|of} {the neighbours|a lorry|the sea}",
    "My {son|daughter|mother} {rang|called} me and {said|shouted} {to run|not to look back}, so I {left|dropped} {everything|my bag}",
    "{For|In} forty years {nobody|not a soul} {asked|cared} what we {think|need} {here|out here}, and {now|today} {they all|cameras} come",
    "We {sat|stayed} on the {roof|stairs|wall} {and sang|and counted} {to keep warm|so as not to sleep} until it was {light|over}",
    "{He|She} {was|had been} the {kindest|funniest} {teacher|driver|cook} I {ever met|have known}, and {owed|wished} {nobody|no one} {anything|harm}",
    "{All|Everything} I {own|had} {fits|is} in {this|that} {bag|pram} {now|today}, {and that is that|but I am here}",
    "{Tomorrow|In a week} the {cameras|ministers} {will be|are} gone and we {shall|will} {still|yet} be {sweeping|shovelling}",
    "I {never|don't} {trusted|trust} {the thing|that place}, {my father|my aunt} {always|often} {said|told us} it {was|would be} {cursed|a bad neighbour}",
    "You {learn|find out} {who|which of them} your {friends|neighbours} are on {a night|a day} like {this|that}",
    "{Do not|Don't} {call|make} me {brave|a hero}, I {only|just} {held|carried} {a rope|the lamp} because {it was there|someone had to}",
)

#: What speakers say at a briefing that several reporters hear, by theme. Choices are fixed for one world.
QUOTES: tuple[str, ...] = (
    "We {shall|will} not {stop|rest|give up} until {every|each} {family|household} {knows|has been told} what {became of|happened to} {its own|their people}",
    "What we {saw|found} {there|at the place} was {worse|more terrible} than {anything|whatever} {I|we} {had been trained for|could have imagined}",
    "{Whoever|Anyone who} {cut corners|took short cuts|looked away} {here|in this matter} will {answer|have to answer} {for it|to a court}",
    "There {is|was} no {sign|indication|hint} {so far|at this stage} that {this|it} was {done on purpose|deliberate|anything but an accident}",
    "{I|We} {ask|beg|call on} everybody to {stay away|keep clear} and {let|leave} the {crews|teams} {do their work|get on with it}",
    "The {first|next} {hours|two days} {are|will be} {decisive|what counts}, because {after that|later} {nobody|few} {can|could} {survive|last} {down there|in such cold}",
    "{This|Such a thing} {should|must} never have {happened|been possible} in {a country|a region} that {calls itself|claims to be} {modern|well run}",
    "We {have|had} {enough|plenty of} {blankets|beds} and {food|water}; what we {lack|need} is {blood|machinery|doctors}",
    "{Our|My} {thoughts|hearts} {are|go out} {with|to} {those|all} who {lost|are mourning} {somebody|a relative} {today|this week}",
    "The {structure|ground} is {still moving|not stable}, so {each|every} {step|metre} {must|has to} be {checked|tested} {first|beforehand}",
    "{I|We} {told|warned} {them|the ministry} {years ago|again and again} that {it|this} would {end|finish} {badly|in tears}",
    "{People|Neighbours} {dug|searched} with {their bare hands|kitchen pots} {before|until} {anyone|any help} {came|arrived} from {the capital|outside}",
    "{No|Not one} {stone|plank} {will be|is to be} {moved|touched} before {the prosecutor|a magistrate} has {seen|recorded} {it|everything}",
    "{Those|The people} who {are spreading|spread} {rumours|stories} {about|of} {a second <event>|more dead} {should be ashamed|do the town no service}",
    "{It is|This is} {too early|much too soon} to {speak|talk} of {blame|guilt}, and {I|we} will {not|never} {do so|take part in it}",
    "{By|Before} {tonight|the evening} {we|our people} {hope|expect} to have {reached|got to} {the last|every} {part|corner} of {the place|it}",
)

#: Titles, each with the ways of putting it.
TITLES: tuple[str, ...] = (
    "{mayor|head of the town council|town's mayor}",
    "{fire chief|head of the fire service|chief fire officer}",
    "{interior minister|minister of the interior|home affairs minister}",
    "{regional governor|governor of the region|governor}",
    "{police spokeswoman|spokeswoman for the police|police force's spokeswoman}",
    "{chief surgeon|head of surgery|senior surgeon}",
    "{state prosecutor|public prosecutor|prosecutor}",
    "{union leader|head of the union|leader of the union}",
)
SAID = "{said|told reporters|told a news conference|declared|stated|explained|added|remarked|insisted|stressed}"
REPORTED = "{said|confirmed|reported|announced|told reporters|made known|let it be known}"

#: How a fact is handed to somebody: before it, after it, or not at all.
ATTRIBUTED: tuple[str, ...] = (
    "%s",
    "%s",
    "According to {the|<title>} <who>, %s",
    "<Who> <reported> that %s",
    "%s, <who> <reported>",
    "%s, according to <who>",
)

#: Blocks that sites print under anything.
FURNITURE: tuple[str, ...] = (
    "Sign up to our {morning|evening|weekly} {letter|newsletter} and {never miss|get all} the stories that matter to you, sent to your inbox {every day|free of charge}.",
    "{You have|You've} {read|used up} your {free|last free} articles for this month. {Log in|Subscribe} to {go on|continue} reading and support local journalism.",
    "{Copyright|All rights reserved}. This material may not be published, broadcast, rewritten or {redistributed|passed on} without {permission|our consent in writing}.",
    "{Most read|Trending now|Popular}: {ten soups for cold days|why your heating bill is wrong|the best walks by the sea|the town where nobody locks a door}",
    "{Share this|Send this} {story|page} {by mail|with a friend}. {Follow us|Find us} for {breaking news|updates}, {weather|traffic} and {sport|offers}.",
    "{Our|The} newsroom {can be reached|takes your tips} at any hour. {Do you know more|Were you there}? {Write to us|Send us your pictures}.",
    "{We use|This site uses} cookies to {improve|measure} your {visit|experience}. {Accept all|Choose settings} or read how we {handle|keep} your data.",
    "{Comments|The comment section} {are|is} {closed|moderated}. {Please read|See} our {rules|guidelines} before {taking part|posting}.",
    "{About us|Contact}: {founded|printed} {a century ago|since the old days}, {we are|this paper is} {owned|run} by {its readers|a trust} and {belongs to|is a member of} the {press council|local media group}.",
)

TOWNS = "Ostrel Varn Dorn Kellamar Tisvale Broxen Ulmerry Pellach Sorvik Hask Meridane Quillon Aldgrave Ferrow Lunde Cazmar Ithel Norbeck Zavra Wendel Oriol Thassen Marrick Delphane".split()
REGIONS = "Norland|Upper Varn|the Hask Valley|East Marrick|Lower Sorvia|the Ulmer Plain|Kestria|the Dorn Hills|South Pellach|the Ferrow Coast".split(
    "|"
)
DISTRICTS = "Millgate|Eastbank|the Old Quay|Tannery Hill|Saltmarket|Northfield|the Glass Quarter|Lower Green|Kiln Road|Bellmoor".split(
    "|"
)
HOSPITALS = "St Orla's Hospital|the district hospital|Marrick General|the university clinic|the Norbeck infirmary|the Red House hospital".split(
    "|"
)
FIRST = "Ada Olen Ines Bram Ede Mirla Tor Jonna Karel Sefa Ruben Asta Nils Petra Yorick Dunya Halle Vito Enna Casimir Lotte Marek Signe Oskar Thea Ivo".split()
LAST = "Quill Marsk Corr Tarn Vessel Holloway Brandt Siverin Okka Dray Pellworth Lindqvar Ambrose Stell Karvonen Moss Jarrow Ebbing Tolvik Fane Rusk Haldor Wray Zeman Cray Ulster".split()
OUTLETS = "Ostrel Gazette|Norwire|Varn Post|Hask Courier|River Herald|Channel Seven|Marrick Mirror|The Plain Dealer|Kestria Today|Evening Star|Dorn Observer|Radio Ullock|Daily Ferry|Coast Tribune|The Lantern|Morning Echo|Sorvik Times|The Beacon|World Brief|Hill News|Northern Press|City Record".split(
    "|"
)
SPOTS = "Kestle Lane|the Lime Yard|Port Ansel|Fennimore Street|the Corn Exchange|Sallow Bridge|Upper Mill|the Observatory|Candle Square|Wharf Nine|Hollin Park|the Abbey|Grange Road|Stonepit|Lark Hill|the Old Barracks|Tolbooth|Saint Ebba|Rope Walk|the Orangery".split(
    "|"
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
