"""Every address of the product, and who may pass where: the declared table that the matrix test holds the pages to."""

from collections.abc import Iterator, Sequence
from enum import Enum

from django.urls import URLPattern, URLResolver, get_resolver


class Access(Enum):
    """For whom an address is."""

    OPEN = "anyone"
    BROWSER = "the browser session that began this registration"
    PERSON = "any citizen who signed in"
    HOLDER = "whoever is signed in, citizen or officer"
    OWN_DOOR = "whoever is signed in and whose passkey it is"
    FACILITY = "any citizen, to read that it is for health facilities; only their staff act"
    OWNER = "the citizen whose draft, dossier or paper it is"
    STAFF = "the staff of the organisation, and whom it invited"
    DESK = "any officer with a post"
    KEEPER = "the officer whose list or press of many it is; for every other one there is none"
    DUTY = "officers whose role has this duty"
    CORRECTOR = "administrators and provincial directors, who put facts of procedures right or open campaigns"
    TYPIST = "the officer who types this draft for a person today"
    CASE = "officers of the office that has the dossier"
    MATTER = "officers of the office that manages the organisation"
    MANAGER = "officers who manage the people of the office, or of one above it"
    INTAKE = "officers at any counter: a registration is completed anywhere in the country"
    GIVER = "the counter and card officers of the office that gives the card or book out"
    REVIEWER = "heads and leaders"
    PROGRAM = "any program"
    TOKEN = "any program with a citizen's token"
    TOKEN_OWNER = "a program with the token of the citizen whose draft or dossier it is"


_NAMES: dict[Access, str] = {
    Access.OPEN: """
        public:home public:services public:service public:paper-form public:guide public:guide-document
        public:look-up public:look-up-number public:check-paper
        public:check-paper-before public:proof-keys public:proof-certificates public:proof-checkpoint
        public:proof-verifier
        public:stop-change public:contracted public:announcements public:announcement
        public:letter public:letter-pdf public:letter-file public:guide-helped
        public:offices public:provinces public:province
        public:holidays public:help public:display
        public:calculators public:calculator public:calculator-table
        public:open-data public:open-data-month public:real-time
        account:sign-in account:by-passkey account:passkey-question account:second-step account:sign-out
        account:forgotten account:reset account:register account:federated account:federated-back
        account:identity-unknown account:recovery account:recovery-contact account:recovery-code
        account:stop-recovery""",
    Access.BROWSER: """
        account:papers account:paper account:replace-paper account:paper-picture account:check account:finish
        account:code account:registered account:section account:autosave""",
    Access.HOLDER: """
        doors:home doors:password doors:sessions doors:add-passkey doors:set-up-app doors:remove-app
        doors:recovery-codes doors:step-up doors:unlocked""",
    Access.OWN_DOOR: "doors:passkey",
    Access.PERSON: """
        citizen:home citizen:begin citizen:store citizen:account citizen:notices citizen:card
        citizen:acting citizen:leave-behalf citizen:give-mandate citizen:bank-account
        citizen:link-identity citizen:begin-link
        citizen:organisations citizen:transaction-codes citizen:letters citizen:problems citizen:campaigns
        citizen:readings citizen:own-data citizen:consents citizen:data-requests citizen:new-data-request""",
    Access.FACILITY: "citizen:card-check citizen:claims",
    Access.OWNER: """
        citizen:discard citizen:papers citizen:own-store citizen:paper citizen:replace-paper citizen:paper-picture
        citizen:sign-upload citizen:sign-remote citizen:sign-token citizen:sign-token-prepare citizen:sign-token-finish
        citizen:signed-document
        citizen:check citizen:finish citizen:code citizen:section citizen:autosave
        citizen:dossier citizen:receipt citizen:declaration citizen:declaration-pdf citizen:supplement
        citizen:draft-form citizen:dossier-form citizen:new-order
        citizen:complaint citizen:joint-paper citizen:paper-sign-remote citizen:paper-sign-token
        citizen:paper-sign-token-prepare citizen:paper-sign-token-finish
        citizen:withdraw citizen:withdraw-bank-account citizen:download citizen:evidence
        citizen:dossier-paper citizen:dossier-picture citizen:own-paper citizen:own-picture citizen:discard-paper
        citizen:switch-behalf citizen:ward citizen:mandate citizen:confirm-mandate citizen:mandate-code
        citizen:unlink-identity citizen:dossier-readings citizen:postal-item citizen:data-copy citizen:data-request""",
    Access.STAFF: """
        citizen:answer-invitation citizen:organisation citizen:organisation-contact
        citizen:invite-staff citizen:withdraw-invitation citizen:staff-member citizen:organisation-certificate
        citizen:transmission-mandate citizen:letter citizen:letter-pdf citizen:letter-file
        citizen:campaign""",
    Access.DESK: """
        officer:complaint-paper-above
        officer:letters officer:campaigns officer:problem-reports officer:home officer:press-many officer:save-list
        officer:counter
        officer:managing officer:contracts
        officer:search officer:sign-list officer:opinions-asked officer:apologies
        officer:rounds-asked
        officer:my-duties officer:locked officer:present
        officer:organisations officer:bank-accounts officer:break-glass""",
    Access.KEEPER: "officer:pressed-many officer:extension-list officer:forget-list",
    Access.CORRECTOR: """
        officer:corrections officer:correct officer:correction officer:calendar
        officer:number-ranges officer:open-campaign""",
    Access.DUTY: """
        officer:extend-many officer:complaints officer:complaint officer:complaint-scan officer:reopen-upheld
        officer:registration-progress figures:dashboard figures:dashboard-file
        figures:forecast figures:electronic figures:electronic-file figures:urging-letter
        officer:retention officer:destruction-list
        officer:announcements officer:new-letter officer:recipient-groups officer:page-feedback
        officer:payments officer:payrolls officer:payroll officer:payroll-list
        officer:till officer:begin-cash officer:cash officer:cash-receipt
        officer:batch officer:batch-file officer:bank-notices officer:bank-notice officer:cancellations""",
    Access.TYPIST: """
        assist:papers assist:paper assist:replace-paper assist:paper-picture assist:check assist:finish assist:code
        assist:section assist:autosave assist:print assist:filed assist:receipt""",
    Access.MANAGER: """
        officer:staff officer:staff-accounts officer:ask-account officer:confirm-account officer:refuse-account
        officer:move-posts officer:departments officer:staff-member officer:assign officer:end-post officer:delegate
        officer:revoke officer:absence officer:back officer:deputy officer:end-deputy officer:give-unit
        officer:end-unit officer:unit-contact officer:hand-over-units officer:department officer:delegate-department
        officer:revoke-department officer:counters officer:office-counter officer:faces officer:office-face
        officer:remote-areas""",
    Access.CASE: """
        officer:dossier officer:related officer:accept officer:originals-received officer:confirm-check officer:control
        officer:send-back officer:hand-over officer:supplement officer:round-answer officer:grant officer:refuse
        officer:sign officer:reopening officer:confirming officer:undoing officer:claims-back officer:complaint-paper
        officer:extension officer:apology officer:apology-pdf
        officer:opinions officer:opinion-file
        officer:draft-letter officer:draft-page officer:declaration officer:paper-page officer:paper-file
        officer:signed-document
        officer:document officer:evidence officer:purpose officer:send-by-post officer:bank-account
        officer:letter officer:edit-letter officer:letter-pdf officer:letter-file officer:delivery
        officer:campaign officer:campaign-file officer:campaign-unit""",
    Access.MATTER: """
        officer:organisation-matter officer:compare-organisation officer:approve-organisation officer:organisation
        officer:agreements""",
    Access.REVIEWER: """
        officer:assigning officer:assign-many officer:give
        officer:oversight officer:protections officer:opening officer:reader officer:data-requests
        officer:data-request""",
    Access.GIVER: """
        officer:issue-item officer:postal-item officer:postal-label officer:incoming-item officer:incoming-scan""",
    Access.INTAKE: """
        officer:postal officer:incoming
        officer:issuing officer:registrations officer:recoveries officer:begin-bank-account assist:begin
        officer:registration officer:add-photo officer:verify-registration officer:approve-registration
        officer:acting-people officer:acting-person
        officer:recovery-account officer:recovery officer:recovery-add-photo officer:recovery-photo
        officer:approve-recovery officer:refuse-recovery""",
    Access.PROGRAM: "sms-reports bank-notices api:tokens api:procedures api:schema api:law api:law-benefit api:openapi",
    Access.TOKEN: """
        api:my-token api:drafts api:dossiers api:card-checks api:acting api:acting-children api:acting-mandates
        api:organisations""",
    Access.TOKEN_OWNER: """
        api:draft api:papers api:code api:submission api:dossier api:acting-mandate api:organisation api:invitations
        api:staff-member api:transmission-mandate""",
}
EXPECTED: dict[str, Access] = {name: access for access, names in _NAMES.items() for name in names.split()}
AUDIENCES: dict[Access, str] = {
    Access.OPEN: "public", Access.BROWSER: "public", Access.PROGRAM: "public",
    Access.PERSON: "citizen", Access.FACILITY: "citizen", Access.OWNER: "citizen",
    Access.TOKEN: "citizen", Access.TOKEN_OWNER: "citizen",
    Access.HOLDER: "account", Access.OWN_DOOR: "account",
    Access.DESK: "officer", Access.KEEPER: "officer", Access.DUTY: "officer", Access.TYPIST: "officer",
    Access.CASE: "officer",
    Access.INTAKE: "officer", Access.STAFF: "citizen", Access.MATTER: "officer", Access.MANAGER: "officer",
    Access.REVIEWER: "officer", Access.CORRECTOR: "officer", Access.GIVER: "officer",
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
