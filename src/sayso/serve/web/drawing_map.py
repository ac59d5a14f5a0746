"""The map of a story as SVG: places with the circle in which each surely lies, over coastlines where there are some.

The projection is equirectangular with the degrees of longitude as short as they are at the middle of the picture: distances are
true there and along every meridian, and drift apart towards the upper and lower edge. Circles are drawn in the scale of their own place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import ceil, cos, floor, log10, radians, sqrt

from markupsafe import Markup, escape

from sayso.account.labels import counted, visible
from sayso.serve.maps.outline import Window, outlines, step_size
from sayso.serve.maps.shapes import countries
from sayso.serve.pages.places import DrawnPlace

WIDTH, HEIGHT = 800, 420
_KM_PER_DEGREE = 111.195  # of a great circle on a sphere of 6,371 km
_LEAST_DEGREES = 0.4  # of latitude on a picture: about 45 km, so that one village stands in its surroundings
_MOST_HALO_KM = (
    1000.0  # of a circle that the picture makes room for: that of a continent would hide where the rest lies
)
_REGION_KM = 150.0  # a circle larger than this stands for a region or a country: it is outlined, not filled
_STEEPEST = 75.0  # degrees of latitude: beyond, the length of a degree of longitude is no measure any more
_LABELS = 14
_STEPS = (30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05)


def has_coastlines() -> bool:
    """Whether there are shapes to draw: the extra `maps` is installed."""
    return bool(countries())


def map_svg(places: Sequence[DrawnPlace], extent: str, root: str, link: Callable[[str], str]) -> Markup:
    """The map of these places, zoomed to them, or of the whole world where ``extent`` is "world" or there are none.

    A place that the list below does not hold has its page under ``root``; ``link`` makes the address of a path of ours.
    """
    most = max((place.claims for place in places), default=0)
    window = window_of(places) if places and extent != "world" else _world()
    drawn = [
        Markup('<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}">').format(
            WIDTH, HEIGHT, _words(f"Map of {counted(len(places), 'place')}; the list below holds them all")
        ),
        Markup('<rect class="sea" width="{}" height="{}"/>').format(WIDTH, HEIGHT),
        _land(window),
        *_graticule(window),
        *(_halo(place, window) for place in places if place.precision_km),
        *(_point(place, window, most, root, link) for place in reversed(places)),
        *_labels(places, window),
        _scale_bar(window),
        Markup("</svg>"),
    ]
    return Markup("").join(drawn)


# ---------------------------------------------------------------------------------------------------
# Which part of the earth


def window_of(places: Sequence[DrawnPlace]) -> Window:
    """The window that holds all places, each with the circle it surely lies in as far as that is not larger than a country."""
    south, north = 90.0, -90.0
    spans = []
    for place in places:
        reach = min(place.precision_km or 0.0, _MOST_HALO_KM) / _KM_PER_DEGREE
        south, north = min(south, place.lat - reach), max(north, place.lat + reach)
        wide = min(reach / max(cos(radians(place.lat)), 0.1), 90.0)
        spans.append((place.lon - wide, place.lon + wide))
    south, north = max(south, -90.0), min(north, 90.0)
    west, east = _round_the_earth(spans)
    lat, lon = (south + north) / 2, (west + east) / 2
    shrink = cos(radians(min(abs(lat), _STEEPEST)))
    tall, wide = (north - south) * 1.16, (east - west) * 1.16 * shrink  # in degrees of latitude, with room around
    down = min(HEIGHT / max(tall, _LEAST_DEGREES), WIDTH / max(wide, _LEAST_DEGREES))
    if WIDTH / (down * shrink) > 360:
        return _world()
    return Window(lon, lat, down * shrink, down, WIDTH, HEIGHT)


def _round_the_earth(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The shortest stretch of longitudes that holds all spans, over the date line where that is shorter."""
    turned = sorted(((west + 180) % 360 - 180, east - west) for west, east in spans)
    best_gap, start = -1.0, turned[0][0]
    reached = turned[0][0] + turned[0][1]
    for west, length in [*turned[1:], (turned[0][0] + 360, 0.0)]:
        if west - reached > best_gap:
            best_gap, start = west - reached, west
        reached = max(reached, west + length)
    return (start, start + 360 - best_gap) if best_gap > 0 else (-180.0, 180.0)


def _world() -> Window:
    return Window(0.0, 4.0, WIDTH / 360, WIDTH / 360, WIDTH, HEIGHT)


# ---------------------------------------------------------------------------------------------------
# What is drawn


@lru_cache(maxsize=32)
def _land(window: Window) -> Markup:
    paths = (Markup('<path d="{}"/>').format(path) for path in outlines(countries(), window))
    return Markup('<g class="land" transform="scale({})">{}</g>').format(step_size(), Markup("").join(paths))


def _graticule(window: Window) -> Iterator[Markup]:
    """Lines of longitude and latitude at round degrees, with their names at the edge."""
    tall, wide = window.height / window.down, window.width / window.across
    step = next((s for s in _STEPS if min(tall, wide) / s >= 3), _STEPS[-1])
    for n in range(ceil((window.lat - tall / 2) / step), floor((window.lat + tall / 2) / step) + 1):
        lat = n * step
        if abs(lat) <= 90:
            _, y = window.place(window.lon, lat)
            yield Markup('<line class="grid" x1="0" y1="{0:.1f}" x2="{1}" y2="{0:.1f}"/>').format(y, WIDTH)
            if 40 < y < HEIGHT - 40:
                yield Markup('<text class="tick" x="5" y="{:.1f}">{}</text>').format(y - 4, _degrees(lat, "N", "S"))
    for n in range(ceil((window.lon - wide / 2) / step), floor((window.lon + wide / 2) / step) + 1):
        x = window.width / 2 + (n * step - window.lon) * window.across
        lon = (n * step + 180) % 360 - 180
        yield Markup('<line class="grid" x1="{0:.1f}" y1="0" x2="{0:.1f}" y2="{1}"/>').format(x, HEIGHT)
        if 40 < x < WIDTH - 60:
            yield Markup('<text class="tick" x="{:.1f}" y="14">{}</text>').format(x + 4, _degrees(lon, "E", "W"))


def _degrees(value: float, positive: str, negative: str) -> str:
    rounded = round(value, 2)
    return f"{abs(rounded):g}°" + (
        f" {positive if rounded > 0 else negative}" if rounded and abs(rounded) != 180 else ""
    )


def _halo(place: DrawnPlace, window: Window) -> Markup:
    """The circle in which the place surely lies, in the scale of its own latitude."""
    x, y = window.place(place.lon, place.lat)
    tall = (place.precision_km or 0.0) / _KM_PER_DEGREE * window.down
    wide = (place.precision_km or 0.0) / _KM_PER_DEGREE * window.across / max(cos(radians(place.lat)), 0.1)
    if tall < 4 or abs(place.lat) + (place.precision_km or 0.0) / _KM_PER_DEGREE > 90:
        return Markup("")  # hidden behind the point itself, or around a pole, where it is no circle on such a map
    coarse = "halo coarse" if (place.precision_km or 0.0) > _REGION_KM else "halo"
    return Markup('<ellipse class="{}" cx="{:.1f}" cy="{:.1f}" rx="{:.1f}" ry="{:.1f}"/>').format(
        coarse, x, y, wide, tall
    )


def _radius(place: DrawnPlace, most: int) -> float:
    """The area of a point grows with the number of its claims."""
    return 4 + 9 * sqrt(place.claims / (most or 1))


def _point(place: DrawnPlace, window: Window, most: int, root: str, link: Callable[[str], str]) -> Markup:
    x, y = window.place(place.lon, place.lat)
    address = f"#{place.id}" if place.listed else link(f"{root}/{place.id}")
    precise = f", known to within {place.precision_km:,.0f} km" if place.precision_km else ""
    title = _words(f"{place.name}: {counted(place.claims, 'claim')}{precise}")
    return Markup(
        '<a href="{}"><circle class="point{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle></a>'
    ).format(address, "" if place.precision_km else " vague", x, y, _radius(place, most), title)


def _labels(places: Sequence[DrawnPlace], window: Window) -> Iterator[Markup]:
    """The names of the places with most claims, as far as none stands on another."""
    taken: list[tuple[float, float, float, float]] = []
    most = max((place.claims for place in places), default=1)
    named = 0
    for place in places:
        if named == _LABELS:
            return
        x, y = window.place(place.lon, place.lat)
        name = place.name if len(place.name) <= 24 else f"{place.name[:23]}…"
        reach, long = _radius(place, most) + 4, 7.2 * len(name)
        for left, anchor in ((x + reach, "start"), (x - reach - long, "end")):
            box = (left, y - 8, left + long, y + 8)
            if (
                box[0] < 0
                or box[2] > WIDTH
                or box[1] < 0
                or box[3] > HEIGHT
                or any(_meet(box, other) for other in taken)
            ):
                continue
            taken.append(box)
            named += 1
            at = left if anchor == "start" else left + long
            yield Markup('<text class="name" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
                at, y + 4.5, anchor, _words(name)
            )
            break


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale_bar(window: Window) -> Markup:
    """A round number of kilometres, true along the middle of the picture."""
    pixel_km = _KM_PER_DEGREE / window.down
    most = pixel_km * WIDTH / 5
    power = 10.0 ** floor(log10(most))
    km = next(power * n for n in (5, 2, 1) if power * n <= most)
    long = km / pixel_km
    x, y = WIDTH - 16 - long, HEIGHT - 16
    return Markup(
        '<path class="scale" d="M{0:.1f} {1} v6 h{2:.1f} v-6"/><text class="tick" x="{3:.1f}" y="{4}" text-anchor="middle">{5}</text>'
    ).format(x, y - 6, long, x + long / 2, y - 10, f"{km:,g} km")


def _words(text: str) -> Markup:
    return escape(visible(text))
