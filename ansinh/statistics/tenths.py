"""Percentages and points in tenths, as they are told: rounding never reaches a whole or a goal that was not reached."""

from __future__ import annotations

from typing import Final

WHOLE: Final = 1000


def nearest(percent: float) -> int:
    """Half up, but below the whole while anything is missing."""
    tenths = int(percent * 10 + 0.5)
    return WHOLE - 1 if tenths >= WHOLE and percent < 100 else tenths


def below_goal(percent: float, goal: float) -> int:
    """A percentage that misses a goal, told as one that does."""
    return max(0, min(nearest(percent), nearest(goal) - 1))


def missing(percent: float, goal: float) -> int:
    """What a percentage lacks to a goal it misses: with it as it is told it makes the goal. Never told as nothing."""
    return max(1, nearest(goal) - below_goal(percent, goal))


def told(tenths: int) -> str:
    """`85,7`."""
    return f"{tenths // 10},{tenths % 10}"
