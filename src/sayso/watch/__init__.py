"""watch: places are polled politely, what is new goes into a ledger as `sayso add` would take it, and people are told what changed.

The story, told by `round.Watcher`:

    1. poll      a place's feed, sitemap, list or folder -> what stands in it that was not seen     polling, feeds, sitemaps, folders, lists
    2. queue     ... is written down before anything else is done with it                           queue
    3. fetch     due pages, one request to a host at a time -> bytes                                fetching, asking
    4. keep      reports into the ledger, and only then off the queue                               fetching
    5. notice    what changed in the ledger by that, and whom it concerns -> alerts                 noticing
    6. send      alerts by webhook, mail or command, bundled, retried, once                         sending

`config` reads what is to be watched; `holder` sees to it that one process watches a ledger at a time; `metrics` counts.
"""
