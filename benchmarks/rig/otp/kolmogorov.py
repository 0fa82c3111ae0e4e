"""The two-sample test of Kolmogorov and Smirnov: whether two series of times can be told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, sqrt


def p_value(first: Sequence[float], second: Sequence[float]) -> float:
    """How likely a gap as wide as theirs is if both come from one distribution (asymptotic, Stephens' correction)."""
    one, other = sorted(first), sorted(second)
    gap = max(abs(bisect_right(one, at) / len(one) - bisect_right(other, at) / len(other)) for at in (*one, *other))
    size = sqrt(len(one) * len(other) / (len(one) + len(other)))
    reach = (size + 0.12 + 0.11 / size) * gap
    if reach < 0.2:  # the series below does not converge there, and its limit is 1
        return 1.0
    terms = (exp(-2 * (k * reach) ** 2) * (1 if k % 2 else -1) for k in range(1, 101))
    return min(1.0, 2 * sum(terms))
