"""run: the same steps on one process or on several. A step maps reports to results and does not know which."""
