"""How a moment is written, so that its text sorts as the time does."""

from datetime import UTC, datetime


def written(moment: datetime) -> str:
    """The one way a moment is written: `2026-11-24T06:26:20.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
