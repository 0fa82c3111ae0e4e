"""The faults and their documentation are the same, and every one says what to do."""

import re
from pathlib import Path

import pytest

from ansinh.platform.language import use
from ansinh.signing.faults import FAULTS, Finding
from ansinh.signing.xml.check import CODES_OF_READING

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = re.findall(
    r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "signature-faults.md").read_text(encoding="utf-8"), re.MULTILINE
)
AGREED = {
    "expired", "other-subject", "revoked", "not-yet-valid", "wrong-use", "digest-broken", "unknown-authority",
    "weak-algorithm", "no-time-stamp", "several-signatures", "changed-after-signing", "unreadable", "unsigned",
    "revocation-unknown",
}  # fmt: skip


def test_every_fault_is_documented_once_and_in_order() -> None:
    assert list(FAULTS) == DOCUMENTED


def test_the_agreed_codes_are_there() -> None:
    assert set(FAULTS) >= AGREED


def test_every_code_the_check_can_give_is_a_fault() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "ansinh" / "signing").rglob("*.py")]
    given = {code for text in sources for code in re.findall(r'(?:Wrong|codes\.append|append)\("([a-z-]+)"\)', text)}
    assert given <= set(FAULTS)
    assert set(CODES_OF_READING.values()) <= set(FAULTS)


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_says_what_happened_and_what_to_do_in_both_languages(code: str) -> None:
    finding = Finding(code)
    vietnamese = (finding.sentence, finding.what_to_do)
    assert all(one.endswith(".") and "{" not in one for one in vietnamese)
    with use("en"):
        assert {finding.sentence, finding.what_to_do}.isdisjoint(vietnamese)
