"""Every address of the product, and who may pass where: the declared table that the matrix test holds the pages to."""

from collections.abc import Iterator, Sequence
from enum import Enum

from django.urls import URLPattern, URLResolver, get_resolver


class Access(Enum):
    """For whom an address is."""

    OPEN = "anyone"
    BROWSER = "the browser session that began this registration"
    PERSON = "any citizen who signed in"
    OWNER = "the citizen whose draft, dossier or paper it is"
    DESK = "any officer with a post"
    CASE = "officers of the office that has the dossier"
    INTAKE = "officers at any counter: a registration is completed anywhere in the country"
    REVIEWER = "heads and leaders"
    PROGRAM = "any program"
    TOKEN = "any program with a citizen's token"
    TOKEN_OWNER = "a program with the token of the citizen whose draft or dossier it is"


_NAMES: dict[Access, str] = {
    Access.OPEN: """
        public:home public:services public:service public:look-up public:look-up-number public:check-paper
        public:check-paper-before public:proof-keys public:proof-certificates public:proof-checkpoint
        public:proof-verifier
        public:offices public:holidays public:help public:display public:calculators public:calculator
        public:calculator-table
        account:sign-in account:sign-out account:forgotten account:reset account:register""",
    Access.BROWSER: """
        account:papers account:paper account:replace-paper account:paper-picture account:check account:finish
        account:code account:registered account:section account:autosave""",
    Access.PERSON: """citizen:home citizen:begin citizen:store citizen:account citizen:password citizen:notices
        citizen:readings citizen:own-data citizen:consents citizen:data-requests citizen:new-data-request""",
    Access.OWNER: """
        citizen:discard citizen:papers citizen:own-store citizen:paper citizen:replace-paper citizen:paper-picture
        citizen:sign-upload citizen:sign-remote citizen:sign-token citizen:sign-token-prepare citizen:sign-token-finish
        citizen:signed-document
        citizen:check citizen:finish citizen:code citizen:section citizen:autosave
        citizen:dossier citizen:receipt citizen:declaration citizen:declaration-pdf citizen:supplement
        citizen:withdraw citizen:download citizen:evidence
        citizen:dossier-readings citizen:data-copy citizen:data-request
        citizen:dossier-paper citizen:dossier-picture citizen:own-paper citizen:own-picture citizen:discard-paper""",
    Access.DESK: "officer:home officer:search officer:registrations officer:sign-list officer:break-glass",
    Access.CASE: """
        officer:dossier officer:accept officer:originals-received officer:confirm-check officer:control
        officer:send-back officer:hand-over officer:supplement officer:grant officer:refuse officer:sign
        officer:draft-letter officer:draft-page officer:declaration officer:paper-page officer:paper-file
        officer:signed-document
        officer:document officer:evidence officer:purpose""",
    Access.REVIEWER: """
        officer:oversight officer:opening officer:reader officer:data-requests officer:data-request""",
    Access.INTAKE: """
        officer:registration officer:add-photo officer:verify-registration officer:approve-registration""",
    Access.PROGRAM: "sms-reports api:tokens api:procedures api:schema api:law api:law-benefit api:openapi",
    Access.TOKEN: "api:my-token api:drafts api:dossiers",
    Access.TOKEN_OWNER: "api:draft api:papers api:code api:submission api:dossier",
}
EXPECTED: dict[str, Access] = {name: access for access, names in _NAMES.items() for name in names.split()}
AUDIENCES: dict[Access, str] = {
    Access.OPEN: "public", Access.BROWSER: "public", Access.PROGRAM: "public",
    Access.PERSON: "citizen", Access.OWNER: "citizen", Access.TOKEN: "citizen", Access.TOKEN_OWNER: "citizen",
    Access.DESK: "officer", Access.CASE: "officer", Access.INTAKE: "officer",
    Access.REVIEWER: "officer",
}  # fmt: skip
"""The mark (`view.audience`) that the view of such an address must carry."""


def every_route() -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of every address, nameless ones under their pattern."""
    yield from _below(get_resolver().url_patterns, ())


def _below(patterns: Sequence[URLPattern | URLResolver], spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield ":".join((*spaces, one.name or str(one.pattern))), one
