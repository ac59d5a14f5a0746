"""Reports that attack the desk from every field: nothing of them runs, leaves its element, or leads anywhere but to the web."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso import ledger
from sayso.model import Verdict
from tests.browser.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.model]

ATTACKS = [
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    '"><svg onload=window.owned=1>',
    "' onmouseover='window.owned=1' autofocus onfocus='window.owned=1' x='",
    "{{ cycler.__init__.__globals__ }} {% raw %} ${7*7} <%= 1 %>",
    "javascript:window.owned=1",
    "</title></textarea></style></script><body onload=window.owned=1>",
    "&lt;script&gt; &#x3c;b&#x3e; \\u003cscript\\u003e",
    "\u202egnp.exe\u202c \u2066x\u2069 \x07\x1b[31m",
]
STATEMENT = "Mayor Ada Quill said on Monday that {n} people were killed near {attack} in Dorn. Bo Tarn denied {attack}."


def hostile_ledger(folder: Path) -> Path:
    """A story of reports, each with one attack in every field that a report has."""
    lines = []
    for n, attack in enumerate(ATTACKS, start=3):
        text = "\n\n".join(
            [
                f"Dorn counts its dead {attack}",
                STATEMENT.format(n=n, attack=attack),
                f"“{attack} was what we saw,” Mayor Ada Quill said. It is not clear who fired {attack}.",
                "The shelling of Dorn on Monday left houses on the river burning, the mayor's office said.",
            ]
        )
        made = {
            "text": text,
            "outlet": f"Post {attack}",
            "byline": attack,
            "title": f"Dorn {attack}",
            "published": f"2031-04-{n:02}",
        }
        lines.append(json.dumps({**made, "url": f"https://example.org/{n}?q={attack}" if n % 2 else attack}))
    (folder / "hostile.jsonl").write_text("\n".join(lines), encoding="utf-8")
    made_at = folder / "hostile.db"
    with ledger.open(str(made_at), create=True) as opened:
        result = opened.add([str(folder / "hostile.jsonl")])
        assert len(result.added) == len(ATTACKS), result.problems
        subject = next(opened.statements()).id
        for attack in ATTACKS:
            opened.judge(Verdict.NOTE, subject, author=f"Mo {attack}", value=attack)
    return made_at


def test_nothing_of_a_hostile_report_acts(browser: Browser, tmp_path: Path) -> None:
    made = hostile_ledger(tmp_path)
    with served(made, user=ATTACKS[0]) as address:
        context = browser.new_context(base_url=address, bypass_csp=True)  # escaping alone must hold
        page = context.new_page()
        complaints: list[str] = []
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(address) else complaints.append(r.url))
        page.goto("/stories")
        seen: set[str] = set()
        waiting = ["/stories", "/check", *(f"/search?q={word}" for word in ("Dorn", "script"))]
        while waiting and len(seen) < 70:
            path = waiting.pop(0)
            page.goto(path)
            seen.add(path)
            assert page.evaluate("window.owned") is None
            assert page.locator("main script, main style, main iframe, main object, main img").count() == 0
            assert page.locator("main [onload], main [onerror], main [onfocus], main [onmouseover]").count() == 0
            for link in page.locator("a[href]").all():
                to = link.get_attribute("href") or ""
                assert re.match(r"(/|#|https?://)", to) or to == "", to
                local = to.split("#")[0].split("&")[0]
                waits = sum(w.split("/")[1] == local.split("/")[1] for w in waiting) if local.startswith("/") else 99
                if waits < 12 and local not in seen and local not in waiting and not re.search(r"/raw$|/api/", local):
                    waiting.append(local)
        assert {path.split("/")[1].split("?")[0] for path in seen} >= {
            "stories",
            "claims",
            "questions",
            "reports",
            "search",
        }
        assert complaints == []
        context.close()
