"""Makes the pictures of the README and the documentation: the demonstration, as Chromium shows it.

    python docs/make_images.py [--out docs/images]

Runs `sayso demo` in a temporary folder, opens a desk on it, and needs Chromium (Debian: apt-get install chromium),
playwright and pillow (the dev extra). The pictures are part of the repository; make them again when the pages change.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import sayso

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MOST_BYTES = 150_000  # of one picture: a page of text in 128 colours has some 60 to 120 KB
COLOURS = (128, 64, 32)  # the most of them with which a picture stays below that


class Shot(NamedTuple):
    """A picture: its name, the address of its page (of the demonstration's story, where it names none), and its size."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"


def shots(ledger: str) -> tuple[Shot, ...]:
    """The pictures of the desk, over the records of the demonstration that show most."""
    with sayso.open(ledger) as opened:
        (story,) = opened.stories()
        linked = opened.linked()
        questions = {question.id: question for question in linked.questions}
        told = max(
            (claim for claim in linked.claims if claim.status is sayso.Status.DISPUTED and claim.answer.measure),
            key=lambda claim: (len(claim.unverified_by), len(claim.statements), claim.id),
        )
        asked = questions[told.question]
        [copied] = [report.id for report in opened.reports() if report.outlet == "WorldBriefly24"]
    root = f"/stories/{story.id}"
    return (
        Shot("desk-account", root),
        Shot("desk-account-dark", root, scheme="dark"),
        Shot("desk-question", f"/questions/{asked.id}"),
        Shot("desk-claim", f"/claims/{told.id}"),
        Shot("desk-report", f"/reports/{copied}"),
        Shot("desk-timeline", f"{root}/timeline"),
        Shot("desk-flow", f"{root}/flow"),
        Shot("desk-review", f"{root}/review"),
    )


def make_demo(folder: Path) -> tuple[str, str]:
    """Runs the demonstration there; its ledger and its page."""
    command = [sys.executable, "-m", "sayso", "demo", str(folder), "--quiet"]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        raise SystemExit(f"sayso demo ended with {done.returncode}")
    return str(folder / "ledger.db"), (folder / "account.html").as_uri()


@contextmanager
def desk(ledger: str) -> Iterator[str]:
    """The address of a desk over the ledger, on any free port, while the block runs."""
    command = [sys.executable, "-m", "sayso", "serve", ledger, "--port", "0", "--author", "Mo"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = next((m for line in process.stderr if (m := re.search(r"http://\S+?(?=/ )", line))), None)
        if found is None:
            raise SystemExit("sayso serve said no address")
        yield found[0]
    finally:
        process.terminate()
        process.wait(timeout=20)


def reduced(png: bytes) -> bytes:
    """The picture with as many colours as fit MOST_BYTES. Raises SystemExit where none of COLOURS does."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise SystemExit(f"a picture has more than {MOST_BYTES} bytes with {COLOURS[-1]} colours")


def keep(browser: Browser, shot: Shot, address: str, out: Path) -> None:
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height}, reduced_motion="reduce")
    page.emulate_media(color_scheme="dark" if shot.scheme == "dark" else "light")
    target = out / f"{shot.name}.png"
    page.goto(address)
    target.write_bytes(reduced(page.screenshot()))
    print(target, target.stat().st_size)
    page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium")
    if executable is None:
        raise SystemExit("No chromium on this machine. Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as driver:
        ledger, page = make_demo(Path(made) / "demo")
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        # The page with its reports beside it, down to the first disputes.
        keep(browser, Shot("account", "", 1100, 1250), page, out)
        with desk(ledger) as address:
            for shot in shots(ledger):
                keep(browser, shot, address + shot.path, out)
        browser.close()


if __name__ == "__main__":
    main()
