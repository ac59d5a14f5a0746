"""Seats of government that the news uses for the government itself, as data: to add one, add a line.

"Moscow said", "the Kremlin denied" and "Russia blamed" are one party. Written by hand from general knowledge; it holds
seats that stand for their government in English news, not every capital.
"""

from __future__ import annotations

SEATS: dict[str, str] = {
    seat: country
    for country, seats in {
        "russia": ("russia", "moscow", "kremlin"),
        "ukraine": ("ukraine", "kyiv", "kiev"),
        "united states": ("united states", "us", "u s", "usa", "washington", "white house"),
        "united kingdom": ("united kingdom", "uk", "britain", "london", "downing street", "whitehall"),
        "china": ("china", "beijing"),
        "france": ("france", "paris", "elysee"),
        "germany": ("germany", "berlin"),
        "israel": ("israel",),
        "iran": ("iran", "tehran"),
        "iraq": ("iraq", "baghdad"),
        "syria": ("syria", "damascus"),
        "turkey": ("turkey", "turkiye", "ankara"),
        "egypt": ("egypt", "cairo"),
        "saudi arabia": ("saudi arabia", "riyadh"),
        "pakistan": ("pakistan", "islamabad"),
        "india": ("india", "new delhi", "delhi"),
        "japan": ("japan", "tokyo"),
        "south korea": ("south korea", "seoul"),
        "north korea": ("north korea", "pyongyang"),
        "belarus": ("belarus", "minsk"),
        "poland": ("poland", "warsaw"),
        "georgia": ("georgia", "tbilisi"),
        "armenia": ("armenia", "yerevan"),
        "azerbaijan": ("azerbaijan", "baku"),
        "serbia": ("serbia", "belgrade"),
        "kosovo": ("kosovo", "pristina"),
        "ethiopia": ("ethiopia", "addis ababa"),
        "sudan": ("sudan", "khartoum"),
        "libya": ("libya", "tripoli"),
        "yemen": ("yemen", "sanaa"),
        "afghanistan": ("afghanistan", "kabul"),
        "venezuela": ("venezuela", "caracas"),
        "haiti": ("haiti",),
        "european union": ("european union", "eu", "brussels"),
    }.items()
    for seat in seats
}
