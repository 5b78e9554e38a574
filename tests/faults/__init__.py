"""Faults that a server has to survive, each brought about for real: `script/faults` runs all of them.

Files named `test_…` are quick enough for every test run; those named `long_…` are run by that command alone.
What a part of the house answers for by itself is tested beside it: stalled jobs in `tests/annotator/jobs/`,
an exhausted pool in `tests/annotator/test_database_trouble.py`, kills of the database server alone in
`tests/annotator/test_embedded_postgres.py`, crashed restores and upgrades in `tests/annotator/keeping/`,
the browser's outbox in `tests/browser/`.
"""
