"""Which account an identity opens: by issuer and subject, or a number compared at a counter; never by a contact."""

from __future__ import annotations

import pytest

from ansinh.notifications.models import Message
from ansinh.people.doors import passkeys
from ansinh.people.identity_providers.assertions import AssertedIdentity
from ansinh.people.identity_providers.enter import account_for
from ansinh.people.identity_providers.links import link, linked_identities, unlink
from ansinh.people.identity_providers.providers import Provider, provider
from ansinh.people.models import Account, LinkedIdentity
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.people.identity.conftest import AT
from tests.world import ID_NUMBER, PASSWORD, World, a_passkey, an_account

ISSUER = "https://sso.example.vn"
NETWORK = "203.0.113.9"


def the_provider(**more: object) -> Provider:
    """VNeID, unless told otherwise."""
    facts = {"like": "vneid", "issuer": ISSUER, "client_id": "x", "from": AT.date(), "to": AT.date()}
    return provider("vneid", {**facts, **more})


def asserted(**facts: object) -> AssertedIdentity:
    """Lan, as VNeID at level 2 knows her."""
    given = {"provider": "vneid", "issuer": ISSUER, "subject": "s-1", "level": 2, "personal_number": ID_NUMBER,
             "date_of_birth": "1990-05-12"}  # fmt: skip
    return AssertedIdentity(**{**given, **facts})  # type: ignore[arg-type]


@pytest.fixture
def lan(world: World) -> Account:
    """Her account; an officer has compared her with her papers."""
    account = Account.objects.get(pk=world.citizen.account_id)
    account.identity_checked_at = AT
    account.email = "lan@example.vn"
    account.save()
    return account


def enters(identity: AssertedIdentity, chosen: Provider | None = None) -> Account | None:
    """The account it opens."""
    return account_for(identity, provider=chosen or the_provider(), at=AT)


def test_a_vouched_number_opens_the_account_and_the_old_contacts_are_told(lan: Account) -> None:
    assert enters(asserted()) == lan
    (linked,) = linked_identities(lan.pk)
    assert (linked.issuer, linked.subject, linked.by_number) == (ISSUER, "s-1", True)
    told = set(Message.objects.filter(purpose="identity_linked").values_list("recipient", flat=True))
    assert told == {lan.phone, "lan@example.vn"}


def test_the_second_time_issuer_and_subject_are_enough(lan: Account) -> None:
    enters(asserted())
    assert enters(asserted(level=1, personal_number="", date_of_birth="")) == lan
    assert LinkedIdentity.objects.count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"level": 1},
        {"personal_number": ""},
        {"personal_number": "090190000999"},
        {"date_of_birth": "1991-05-12"},
        {"personal_number": "", "subject": ID_NUMBER},
    ],
    ids=["level 1", "no number", "other number", "other birth date", "subject looks like the number"],
)
def test_nothing_else_opens_it(lan: Account, facts: dict[str, object]) -> None:
    assert enters(asserted(**facts)) is None
    assert not LinkedIdentity.objects.exists()


def test_nobody_compared_the_person(lan: Account) -> None:
    lan.identity_checked_at = None
    lan.save()
    assert enters(asserted()) is None


def test_a_provider_that_may_not_vouch_finds_nobody(lan: Account) -> None:
    assert enters(asserted(), the_provider(finds_by_number_from_level=0)) is None


def test_the_same_subject_of_another_issuer_is_somebody_else(lan: Account) -> None:
    enters(asserted())
    assert enters(asserted(issuer="https://other.example", personal_number="")) is None


def test_a_second_identity_of_the_issuer_with_the_same_number_does_not_slip_in(lan: Account) -> None:
    enters(asserted())
    assert enters(asserted(subject="s-2")) is None


@pytest.mark.parametrize("state", ["closed", "frozen"])
def test_an_account_that_is_not_in_use_is_not_opened(lan: Account, state: str) -> None:
    enters(asserted())
    lan.state = state
    lan.save()
    with pytest.raises(NotAllowed, match="không dùng được"):
        enters(asserted())


def by_hand(account: Account, identity: AssertedIdentity, password: str = PASSWORD) -> LinkedIdentity:
    """Linked in the account page."""
    return link(account.pk, asserted=identity, provider=the_provider(), password=password, network=NETWORK, at=AT)


def test_linking_takes_the_password(lan: Account) -> None:
    with pytest.raises(Invalid) as refused:
        by_hand(lan, asserted(), password="sai")
    assert refused.value.code == "old-password-wrong"
    made = by_hand(lan, asserted())
    assert not made.by_number
    assert by_hand(lan, asserted()).pk == made.pk, "pressed twice, linked once"


def test_an_identity_of_another_person_is_not_linked(lan: Account) -> None:
    with pytest.raises(Conflict) as refused:
        by_hand(lan, asserted(personal_number="090190000999"))
    assert refused.value.code == "identity-of-another-person"


def test_an_identity_opens_one_account_only(lan: Account) -> None:
    enters(asserted())
    other = an_account("090080000011", "Hà Văn Bình", activated_at=AT)
    with pytest.raises(Conflict) as refused:
        by_hand(other, asserted(personal_number=""))
    assert refused.value.code == "identity-linked-elsewhere"
    with pytest.raises(Conflict) as refused:
        by_hand(lan, asserted(subject="s-2"))
    assert refused.value.code == "identity-linked-already"


def test_a_removed_identity_opens_nothing_and_the_last_way_in_stays(lan: Account) -> None:
    linked = by_hand(lan, asserted())
    with pytest.raises(NotFound):
        unlink(linked.pk, account_id=an_account("090080000011", "Hà Văn Bình").pk, name="VNeID", at=AT)
    lan.set_unusable_password()
    lan.save()
    with pytest.raises(Conflict, match="duy nhất"):
        unlink(linked.pk, account_id=lan.pk, name="VNeID", at=AT)
    key = a_passkey(lan.pk)
    unlink(linked.pk, account_id=lan.pk, name="VNeID", at=AT)
    assert linked_identities(lan.pk) == []
    with pytest.raises(Conflict, match="duy nhất"):
        passkeys.remove(key.pk, account_id=lan.pk, at=AT)
    lan.set_password(PASSWORD)
    lan.save()
    passkeys.remove(key.pk, account_id=lan.pk, at=AT)
    assert enters(asserted(personal_number="")) is None
