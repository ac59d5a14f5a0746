"""Who may read and judge a ledger over the network: named people with a role each, in a file of their own beside the ledger.

The ledger itself knows none of this: it is handed on and published, and who may log in at one desk is nobody else's affair.
"""
