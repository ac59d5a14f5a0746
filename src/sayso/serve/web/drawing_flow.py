"""Who has it from whom, as SVG: reports in time, one row for each outlet, and a line from each to the one it derives from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from sayso.account.labels import counted, date_words, visible
from sayso.serve.pages.flow import FlowPage, Node, OutletRow, OutletTie, Tie
from sayso.serve.web.drawing_time import moment

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 800, 170, 30, 28, 40
_APART = 21  # pixels between two reports of one outlet: none may hide another
_LABEL = 24  # characters of an outlet's name

Places = list[tuple[float, float]]


def flow_svg(page: FlowPage, link: Callable[[str], str]) -> Markup:
    """The drawing of a story's flow; of its outlets alone where it has too many reports. ``link`` makes the address of a path of ours."""
    if page.nodes:
        return _of_reports(page, link)
    return _of_outlets(page.outlets, page.outlet_ties) if page.outlet_ties else Markup("")


# ---------------------------------------------------------------------------------------------------
# Reports


def _of_reports(page: FlowPage, link: Callable[[str], str]) -> Markup:
    places = _places(page.nodes)
    width = max(_WIDTH, round(max(x for x, _ in places)) + _RIGHT)
    height = _TOP + _ROW * len(page.outlets) + 8
    drawn = [
        _opened(
            width,
            height,
            f"{counted(len(page.nodes), 'report')} in time, by outlet; the lists below tell the same in words",
        ),
        *_rows(page.outlets, width),
        *_dates(page.nodes, places, width),
        *(_line(tie, places, page.nodes) for tie in reversed(page.ties)),
        *(_node(node, at, link(f"/reports/{node.report}")) for node, at in zip(page.nodes, places, strict=True)),
        Markup("</svg>"),
    ]
    return Markup("").join(drawn)


def _places(nodes: Sequence[Node]) -> Places:
    """Where each report stands: by its time, then moved to the right as far as the one before it in its row needs."""
    times = [moment(node.at) for node in nodes]
    known = [at for at in times if at is not None]
    start, end = min(known, default=0.0), max(known, default=0.0)
    reach = _WIDTH - _LEFT - _RIGHT - 24
    last: dict[int, float] = defaultdict(lambda: float(_LEFT))
    places = []
    for node, at in zip(nodes, times, strict=True):
        wanted = (
            _LEFT
            + 24
            + (
                (at - start) / (end - start) * reach
                if at is not None and end > start
                else 0
                if at is not None
                else reach
            )
        )
        x = max(wanted, last[node.row] + _APART)
        last[node.row] = x
        places.append((x, _TOP + _ROW * node.row + _ROW / 2))
    return places


def _rows(outlets: Sequence[OutletRow], width: int) -> Iterator[Markup]:
    for row, outlet in enumerate(outlets):
        y = _TOP + _ROW * row + _ROW / 2
        yield Markup('<line class="grid" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>').format(_LEFT, y, width - 8, y)
        yield _label(outlet, y)


def _label(outlet: OutletRow, y: float) -> Markup:
    name = outlet.name if len(outlet.name) <= _LABEL else f"{outlet.name[: _LABEL - 1]}…"
    return Markup('<text class="row-name" x="{}" y="{:.1f}" text-anchor="end">{}<title>{}</title></text>').format(
        _LEFT - 10, y + 4, _words(name), _words(f"{outlet.name}: {counted(outlet.reports, 'report')}")
    )


def _dates(nodes: Sequence[Node], places: Places, width: int) -> Iterator[Markup]:
    """The date of the first report of each day, as far as there is room."""
    free, seen = 0.0, ""
    for node, (x, _) in sorted(zip(nodes, places, strict=True), key=lambda each: each[1][0]):
        day = (node.at or "")[:10]
        if day and day > seen and x >= free:
            seen, free = day, x + 84
            at, anchor = (x - 6, "start") if x < width - 80 else (x + 10, "end")
            yield Markup('<text class="tick" x="{:.1f}" y="15" text-anchor="{}">{}</text>').format(
                at, anchor, _words(date_words(day, year=False))
            )


def _line(tie: Tie, places: Places, nodes: Sequence[Node]) -> Markup:
    """A line that begins at the derived report and ends with its tip at the base."""
    (x1, y1), (x2, y2) = places[tie.derived], places[tie.base]
    title = f"{nodes[tie.derived].outlet} {tie.words} {nodes[tie.base].outlet} ({tie.score})"
    if y1 == y2:
        up = y1 - 9 - min(abs(x1 - x2) / 8, 12)
        path = f"M{x1:.1f} {y1 - 8:.1f} C{x1:.1f} {up:.1f} {x2:.1f} {up:.1f} {x2:.1f} {y2 - 9:.1f}"
        tip = f"M{x2 - 3.5:.1f} {y2 - 13:.1f} l3.5 5 l3.5 -5z"
    else:
        way = 1 if y2 > y1 else -1
        bend = (y1 + y2) / 2
        path = f"M{x1:.1f} {y1 + 8 * way:.1f} C{x1:.1f} {bend:.1f} {x2:.1f} {bend:.1f} {x2:.1f} {y2 - 9 * way:.1f}"
        tip = f"M{x2 - 3.5:.1f} {y2 - 13 * way:.1f} l3.5 {5 * way} l3.5 {-5 * way}z"
    return Markup(
        '<g class="flow {}"><title>{}</title><path class="way" d="{}" stroke-width="{:.1f}"/><path class="tip" d="{}"/></g>'
    ).format(tie.kind.value, _words(title), path, 0.8 + 1.4 * tie.score, tip)


def _node(node: Node, at: tuple[float, float], address: str) -> Markup:
    x, y = at
    words = [
        node.title,
        node.outlet,
        node.when,
        "the only report of its origin" if node.alone else f"origin {node.origin}",
    ]
    if node.withdrawn:
        words.append("withdrawn")
    mark = Markup('<circle class="report{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(
        " alone" if node.alone else "", x, y, 6 if node.alone else 9
    )
    if not node.alone:
        mark += Markup('<text class="origin-number" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
            x, y + 3.5, node.origin
        )
    if node.withdrawn:
        mark += Markup('<path class="gone" d="M{0:.1f} {1:.1f} l18 18 m0 -18 l-18 18"/>').format(x - 9, y - 9)
    return Markup('<a href="{}"><title>{}</title>{}</a>').format(
        address, _words(" · ".join(word for word in words if word)), mark
    )


# ---------------------------------------------------------------------------------------------------
# Outlets

_OUTLET_ROW, _AXIS = 26, 260.0
_ARC = (
    '<g class="flow {}"><title>{}</title>'
    '<path class="way" d="M{} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {} {:.1f}" stroke-width="{:.1f}"/>'
    '<path class="tip" d="M{} {:.1f} l6 -4 v8z"/></g>'
)


def _of_outlets(outlets: Sequence[OutletRow], ties: Sequence[OutletTie]) -> Markup:
    """One row for each outlet, and an arc from each to those it has it from, as thick as it often does."""
    most = max(tie.count for tie in ties)
    label = f"{counted(len(outlets), 'outlet')} and who has it from whom; the lists below tell the same in words"
    drawn = [
        _opened(_WIDTH, _OUTLET_ROW * len(outlets) + 12, label),
        *(_arc(tie, outlets, most) for tie in reversed(ties)),
        *(_outlet(outlet, _outlet_y(place)) for place, outlet in enumerate(outlets)),
        Markup("</svg>"),
    ]
    return Markup("").join(drawn)


def _outlet_y(place: int) -> float:
    return _OUTLET_ROW * place + _OUTLET_ROW / 2 + 6


def _arc(tie: OutletTie, outlets: Sequence[OutletRow], most: int) -> Markup:
    y1, y2 = _outlet_y(tie.derived), _outlet_y(tie.base)
    reach = _AXIS + 40 + min(abs(y1 - y2) * 0.7, _WIDTH - _AXIS - 80)
    title = _words(f"{outlets[tie.derived].name} {tie.words} {outlets[tie.base].name}: {tie.count:,}")
    width = 0.8 + 4 * tie.count / most
    x = _AXIS + 8
    return Markup(_ARC).format(tie.kind.value, title, x, y1, reach, y1, reach, y2, x + 6, y2, width, x, y2)


def _outlet(outlet: OutletRow, y: float) -> Markup:
    name = outlet.name if len(outlet.name) <= _LABEL + 2 else f"{outlet.name[: _LABEL + 1]}…"
    mark = Markup('<circle class="report" cx="{}" cy="{:.1f}" r="5"><title>{}</title></circle>').format(
        _AXIS, y, _words(f"{outlet.name}: {counted(outlet.reports, 'report')}")
    )
    label = Markup('<text class="row-name" x="{}" y="{:.1f}" text-anchor="end">{}</text>')
    return label.format(_AXIS - 12, y + 4, _words(name)) + mark


def _opened(width: int, height: int, label: str) -> Markup:
    return Markup(
        '<svg class="wide-drawing" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" aria-label="{2}">'
    ).format(width, height, _words(label))


def _words(text: str) -> Markup:
    return escape(visible(text))
