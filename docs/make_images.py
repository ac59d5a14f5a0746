"""Makes the picture in the README: the demonstration's page, as Chromium shows it.

    python docs/make_images.py [--out docs/images]

Runs `sayso demo` in a temporary folder and needs Chromium (Debian: apt-get install chromium) and playwright (the dev
extra). The picture is part of the repository; make it again when the page changes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
WIDTH, HEIGHT = 1100, 1250  # CSS pixels: the page with its reports beside it, down to the first disputes


def make_page(folder: Path) -> Path:
    """Runs the demonstration there; the path of its page."""
    command = [sys.executable, "-m", "sayso", "demo", str(folder), "--quiet"]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        raise SystemExit(f"sayso demo ended with {done.returncode}")
    return folder / "account.html"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium")
    if executable is None:
        raise SystemExit("No chromium on this machine. Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as driver:
        page_path = make_page(Path(made) / "demo")
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(page_path.as_uri())
        page.screenshot(path=out / "account.png")
        print(out / "account.png")
        browser.close()


if __name__ == "__main__":
    main()
