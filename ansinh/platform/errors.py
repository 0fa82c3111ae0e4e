"""What a refused action says. Domain errors know a code, a sentence and facts, and nothing of HTTP."""

from collections.abc import Sequence
from typing import Any


class DomainError(Exception):
    """An action cannot be done, and a person can be told why.

    `code` is stable kebab-case for programs; `message` is a Vietnamese sentence with {placeholders}
    (a msgid: mouths translate it with `language.translate(error.message, **error.facts)`);
    `facts` fill the placeholders and may carry more for programs.
    """

    def __init__(self, code: str, message: str, **facts: Any) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return self.message.format(**self.facts) if self.facts else self.message


class NotAllowed(DomainError):
    """The actor may not do this."""


class NotFound(DomainError):
    """There is no such thing, or the viewer may not know of it."""


class Conflict(DomainError):
    """The thing is in a state that does not permit this, or somebody was quicker."""


class NotNow(DomainError):
    """Something outside does not answer at the moment; time cures it, so work for later is tried again."""


class Invalid(DomainError):
    """What was given is wrong; `problems` lists each gap (the caller chooses their type)."""

    def __init__(self, code: str, message: str, *, problems: Sequence[Any] = (), **facts: Any) -> None:
        super().__init__(code, message, **facts)
        self.problems = tuple(problems)
