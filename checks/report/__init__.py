"""The report: what a verification found, as one page that needs nothing else.

*Definitions*: :func:`render`, :func:`drawing`, :func:`write_report` (in :mod:`checks.report.page`).
"""

from checks.report.page import drawing, render, write_report

__all__ = ["drawing", "render", "write_report"]
