"""No page hides another one: two addresses that read the same would leave the second unreachable."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver


def _written(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address as it is matched, its parts by kind and not by name."""
    for one in patterns:
        whole = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _written(one.url_patterns, whole)
        else:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda part: f"<{part[1] or 'str'}>", whole)


def test_no_two_pages_share_an_address() -> None:
    addresses = Counter(_written(get_resolver().url_patterns))
    assert len(addresses) > 200
    assert [address for address, times in addresses.items() if times > 1] == []
