"""Checks a dataset of ours with nothing but the standard library of Python 3.9 or newer.

These modules are what `verify.py` in every dataset is put together from (`exporters/verify_py.py`), so
that a stranger gets the very checks the program itself runs.
"""

from .command import identity, say, verify
from .report import Report

__all__ = ["Report", "identity", "say", "verify"]
