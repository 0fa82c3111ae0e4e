"""How often something may happen."""

import threading
from collections import deque
from collections.abc import Callable


class Limit:
    """At most `most` times in any `seconds`, counted per name. `now` gives seconds that only grow."""

    def __init__(self, *, most: int, seconds: float, now: Callable[[], float]) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, name: str) -> bool:
        """Count one more under `name`, unless that is too often."""
        now = self._now()
        with self._lock:
            self._forget(now)
            times = self._times.setdefault(name, deque())
            if len(times) >= self._most:
                return False
            times.append(now)
            return True

    def _forget(self, now: float) -> None:
        for name, times in list(self._times.items()):
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if not times:
                del self._times[name]
