"""The number that joins a page to the program: once, for one origin, five tries, for a time."""

import pytest

from ansinh_token.pairing import OFFER_SECONDS, TRIES, Offer, Pairings
from ansinh_token.refusals import Refused

PORTAL, OTHER = "https://cong.example.vn", "https://khac.example.vn"


class Clock:
    """Seconds the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """The clock of the test."""
    return Clock()


@pytest.fixture
def pairings(clock: Clock) -> Pairings:
    """Pairings that last an hour."""
    return Pairings(seconds=3600, now=clock)


def refusal(pairings: Pairings, offer: Offer, number: str, origin: str = PORTAL) -> Refused:
    with pytest.raises(Refused) as refused:
        pairings.confirm(origin=origin, offer_id=offer.id, number=number)
    return refused.value


def wrong(offer: Offer) -> str:
    return f"{(int(offer.number) + 1) % 10**6:06d}"


def test_the_right_number_pairs_this_origin_only(pairings: Pairings) -> None:
    offer = pairings.begin(PORTAL)
    assert len(offer.number) == 6
    token = pairings.confirm(origin=PORTAL, offer_id=offer.id, number=offer.number)
    assert pairings.of(origin=PORTAL, token=token).origin == PORTAL
    for origin, given in ((OTHER, token), (PORTAL, token + "x"), (PORTAL, "")):
        with pytest.raises(Refused, match="not-paired"):
            pairings.of(origin=origin, token=given)


def test_a_number_pairs_once(pairings: Pairings) -> None:
    offer = pairings.begin(PORTAL)
    pairings.confirm(origin=PORTAL, offer_id=offer.id, number=offer.number)
    assert refusal(pairings, offer, offer.number).code == "pairing-ended"


def test_another_origin_cannot_use_the_number(pairings: Pairings) -> None:
    offer = pairings.begin(PORTAL)
    assert refusal(pairings, offer, offer.number, OTHER).code == "pairing-ended"


def test_the_fifth_wrong_number_ends_it(pairings: Pairings) -> None:
    offer = pairings.begin(PORTAL)
    for left in range(TRIES - 1, 0, -1):
        refused = refusal(pairings, offer, wrong(offer))
        assert (refused.code, refused.facts) == ("wrong-number", {"left": left})
    assert refusal(pairings, offer, wrong(offer)).code == "pairing-ended"
    assert refusal(pairings, offer, offer.number).code == "pairing-ended"


def test_a_new_number_ends_the_old_one(pairings: Pairings) -> None:
    old, new = pairings.begin(PORTAL), pairings.begin(PORTAL)
    assert [one.id for one in pairings.offers()] == [new.id]
    assert refusal(pairings, old, old.number).code == "pairing-ended"


def test_numbers_and_pairings_run_out(pairings: Pairings, clock: Clock) -> None:
    late, offer = pairings.begin(OTHER), pairings.begin(PORTAL)
    token = pairings.confirm(origin=PORTAL, offer_id=offer.id, number=offer.number)
    clock.seconds += OFFER_SECONDS
    assert refusal(pairings, late, late.number, OTHER).code == "pairing-ended"
    clock.seconds += 3600 - OFFER_SECONDS
    with pytest.raises(Refused, match="not-paired"):
        pairings.of(origin=PORTAL, token=token)
    assert pairings.made() == []


def test_a_revoked_pairing_is_gone(pairings: Pairings) -> None:
    offer = pairings.begin(PORTAL)
    token = pairings.confirm(origin=PORTAL, offer_id=offer.id, number=offer.number)
    pairings.revoke(pairings.made()[0].id)
    with pytest.raises(Refused, match="not-paired"):
        pairings.of(origin=PORTAL, token=token)
