"""The configuration: what it reads, and what it says of what is wrong, where, and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import UsageError
from sayso.watch.config import parse_config, read_config
from sayso.watch.example import EXAMPLE
from sayso.watch.settings import Command, Mail, PlaceKind, Webhook

FEED = '[[place]]\nname = "post"\nkind = "feed"\nurl = "https://post.example/feed.xml"\n'
HOOK = '[[channel]]\nname = "desk"\nkind = "webhook"\nurl = "https://desk.example/hook"\n'
MAIL = '[[channel]]\nname = "m"\nkind = "mail"\nhost = "mail.example"\nfrom = "a@b.example"\nto = ["c@d.example"]\n'


def test_the_example_is_read_with_every_key_it_explains() -> None:
    read = parse_config(EXAMPLE, where="watch.toml", base=Path("/desk"))
    assert [place.kind for place in read.places] == list(PlaceKind)
    assert [type(channel.by) for channel in read.channels] == [Webhook, Mail, Command]
    assert read.places[3].at == "/desk/inbox"
    assert read.channels[1].digest_s == 3600.0
    assert read.rules[0].urgent


def test_what_the_example_comments_out_is_read_too() -> None:
    """Each "# key = value" made live, one at a time: the example explains no key that there is not."""
    commented = re.findall(r"^# (\w+ = .*)$", EXAMPLE, re.M)
    assert len(commented) >= 14
    for line in commented:
        content = EXAMPLE.replace(f"# {line}", line, 1)
        if line.startswith(("path", "user", "password_env")):  # these want another line with them, or without
            content = (
                re.sub(r'^urls = .*"https://ostrel.*$', "", content, flags=re.M) if "pages.txt" in line else content
            )
            content = content.replace('# password_env = "', 'password_env = "').replace('# user = "', 'user = "')
        parse_config(content, where="watch.toml")


@pytest.mark.parametrize(
    ("content", "where", "told"),
    [
        ("[watch", "watch.toml", "no valid TOML"),
        ("", "watch.toml", "no place is named"),
        (FEED + 'evry = "5m"\n', "[[place]] post: evry", "Did you mean every"),
        ("[wach]\n" + FEED, "wach", "Did you mean watch"),
        (FEED + 'every = "10s"\n', "[[place]] post: every", 'from "1m"'),
        (FEED + 'every = "soon"\n', "[[place]] post: every", "no length of time"),
        (FEED + "every = true\n", "[[place]] post: every", "no length of time"),
        (FEED.replace('feed"', 'fed"'), "[[place]] post: kind", "feed, sitemap, pages, folder, telegram"),
        (FEED.replace("https", "ftp"), "[[place]] post: url", "cannot fetch a ftp address"),
        (FEED.replace("https://", "https://ada:tarn@"), "[[place]] post: url", "password"),
        (FEED.replace('url = "https://post.example/feed.xml"', ""), "[[place]] post: url", "missing"),
        (FEED.replace('"post"', '"../post"'), "name", "cannot be a name"),
        (FEED + FEED, "[[place]]", "two have this name: post"),
        (FEED.replace("[[place]]", "[place]"), "watch.toml: place", "[[place]]"),
        ('[[place]]\nname = "p"\nkind = "pages"\n', "[[place]] p: urls", "either urls or a path"),
        (FEED + 'urls = ["https://a.example/"]\n', "[[place]] post: urls", "only a place of the kind pages"),
        (FEED + MAIL + 'password = "tarn"\n', "[[channel]] m: password", "password_env"),
        (FEED + MAIL + 'user = "ada"\n', "[[channel]] m: password_env", "belong together"),
        (FEED + MAIL + 'security = "none"\nuser = "a"\npassword_env = "P"\n', "[[channel]] m: security", "unencrypted"),
        (
            FEED + MAIL.replace("c@d.example", "c@d.example\\nBcc: x@y.example"),
            "[[channel]] m: to",
            "not a list of texts",
        ),
        (FEED + MAIL.replace("c@d.example", "Bo <c@d.example>"), "[[channel]] m: to", "no mail address"),
        (FEED + '[[channel]]\nname = "c"\nkind = "command"\n', "[[channel]] c: argv", "missing"),
        (FEED + HOOK + 'quiet = { from = "25:00", to = "7:00", zone = "UTC" }\n', "quiet: from", "no time of day"),
        (FEED + HOOK + 'quiet = { from = "22:00", to = "7:00", zone = "Tarn" }\n', "quiet: zone", "no time zone"),
        (FEED + HOOK + 'quiet = { from = "22:00", to = "7:00" }\n', "quiet: zone", "missing"),
        (FEED + HOOK + 'quiet = { from = "22:00", to = "22:00", zone = "UTC" }\n', "quiet: to", "end when they begin"),
        (FEED + HOOK + '[[alert]]\nname = "a"\nto = ["dask"]\nwords = "x"\n', "[[alert]] a: to", "There are: desk"),
        (FEED + '[[alert]]\nname = "a"\nto = ["desk"]\nwords = "x"\n', "[[alert]] a: to", "add a [[channel]]"),
        (FEED + HOOK + '[[alert]]\nname = "a"\nto = ["desk"]\n', "[[alert]] a: becomes", "says nothing"),
        (
            FEED + HOOK + '[[alert]]\nname = "a"\nto = ["desk"]\nbecomes = ["dispute"]\n',
            "[[alert]] a: becomes",
            "disputed",
        ),
        ("[watch]\nmetrics_port = 99999\n" + FEED, "watch: metrics_port", "65,535"),
        ('[watch]\nhost_interval = "0s"\n' + FEED, "watch: host_interval", 'from "1s"'),
        ("[watch]\nallow_private = 1\n" + FEED, "watch: allow_private", "neither true nor false"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(content: str, where: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_config(content, where="watch.toml")
    problem = error.value.problem
    assert where in problem.where
    assert told in f"{problem.what} {problem.remedy}"
    assert problem.remedy


def test_machines_of_ones_own_may_be_asked_more_often() -> None:
    def every(**place: Any) -> float:
        lines = "\n".join(f'{key} = "{value}"' for key, value in {"name": "p", "every": "5s", **place}.items())
        return parse_config(f"[[place]]\n{lines}\n", where="w").places[0].every_s

    assert every(kind="folder", path="inbox") == 5.0
    assert every(kind="feed", url="http://127.0.0.1:8000/feed") == 5.0
    with pytest.raises(UsageError):
        every(kind="feed", url="http://10.0.0.7/feed")


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--example"):
        read_config(str(tmp_path / "none.toml"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no UTF-8"):
        read_config(str(tmp_path / "bytes.toml"))
