"""The configuration that `sayso watch --example` prints: every key once, with what it means."""

from __future__ import annotations

EXAMPLE = """\
# What `sayso watch LEDGER --config watch.toml` polls, and whom it tells what.
# Lengths of time are written "90s", "15m", "6h", "2d". Paths are meant from the folder of this file.

[watch]
every = "15m"              # how often a place is polled, unless it says otherwise; another machine every 60 s at most
host_interval = "2s"       # between two requests to one host, of which there is only one at a time
hosts_at_once = 4          # hosts that are asked side by side
# user_agent = "tarn-desk (desk@tarn.example)"   # who asks; say where you can be reached
# versions = "text"        # a page is a new version when its words changed; "bytes": when anything did
# metrics_port = 9477      # http://127.0.0.1:9477/metrics and /healthz; 0 takes any free port
# allow_private = true     # also addresses of this machine and of private networks
# ignore_robots = true     # also pages that robots.txt asks robots not to fetch
# workers = 2              # processes that read; each needs about 550 MB
# state = "flood.watch"    # where to keep what was seen; beside the ledger if left out

# --- places -----------------------------------------------------------------------------------------

[[place]]
name = "tarn-post"
kind = "feed"              # RSS or Atom; the pages that it links to are fetched
url = "https://tarnpost.example/feed.xml"
every = "10m"
outlet = "Tarn Post"       # who published it, whatever the pages say
# follow = false           # keep what the feed itself says, and fetch no page
# revisit = "6h"           # look at its pages again, for new versions ...
# revisit_for = "2d"       # ... for so long
# not_older = "7d"         # what it told longer ago is passed over

[[place]]
name = "ostrel-gazette"
kind = "sitemap"           # a sitemap, a news sitemap, or an index of them
url = "https://gazette.example/sitemap-news.xml"
only = ["/news/"]          # addresses with one of these in them
never = ["/sport/", "?print"]

[[place]]
name = "council"
kind = "pages"             # these very pages, at every poll: one that changed is a new version
urls = ["https://ostrel.example/weir", "https://ostrel.example/notices"]
# path = "pages.txt"       # or a file with one address to a line
every = "1h"

[[place]]
name = "inbox"
kind = "folder"            # whatever files are put there, with their NAME.meta.json
path = "inbox"
every = "30s"

[[place]]
name = "channels"
kind = "telegram"          # a folder with exports of Telegram Desktop: every result.json below it
path = "telegram"
every = "5m"

# --- whom to tell -----------------------------------------------------------------------------------

[[channel]]
name = "desk"
kind = "webhook"           # a POST of JSON, signed: see docs/watch.md
url = "https://desk.example/hooks/sayso"
# secret_env = "SAYSO_HOOK_SECRET"    # the environment variable that holds the secret of the signature
# allow_private = true     # where the address is of this machine or of a private network

[[channel]]
name = "editors"
kind = "mail"
host = "mail.tarnpost.example"
from = "sayso@tarnpost.example"
to = ["editors@tarnpost.example"]
# user = "sayso@tarnpost.example"
# password_env = "SAYSO_MAIL_PASSWORD" # never the password itself
# security = "starttls"    # or "tls"; "none" only without a password
digest = "1h"              # gather for an hour, then one mail
quiet = { from = "22:00", to = "07:00", zone = "Europe/Oslo" }    # days = ["sat", "sun"] are those on which it begins

[[channel]]
name = "pager"
kind = "command"           # a program without a shell; the JSON stands on its standard input
argv = ["/usr/local/bin/page-someone", "--desk"]

# --- what to tell -----------------------------------------------------------------------------------
# All that an alert names must hold. Without `becomes` or `kinds` it is every change of status.

[[alert]]
name = "toll"
question = "how many killed"           # words of the question, or its id (q-...)
to = ["desk", "pager"]
urgent = true              # at once, in quiet hours too

[[alert]]
name = "disputed"
becomes = ["disputed"]     # everything that becomes disputed
to = ["desk", "editors"]

[[alert]]
name = "mayor"
actor = "Dorit Hallam"     # who says it, or is named in it
story = "weir"             # words of a story's title, or its id (y-...)
to = ["editors"]

[[alert]]
name = "lower-town"
place = "Ostrel"           # a place, or one within it
kinds = ["new", "revised", "withdrawn"]
words = "bridge"
to = ["editors"]
# lesser = true            # also what the account does not tell
"""
