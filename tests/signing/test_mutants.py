"""A short run of the mutants of ./bench signing, and proof that the run would see a bad check."""

from random import Random

import pytest

from ansinh.signing.xml.check import check_xml
from benchmarks.rig.mutants import world
from benchmarks.rig.mutants import xml as xml_mutants
from benchmarks.rig.mutants.kinds import KINDS
from benchmarks.rig.mutants.run import run
from benchmarks.rig.mutants.sabotage import gullible


@pytest.mark.parametrize(("name", "mutants"), [("xml", 104), ("pdf", 12), ("qr", 120)])
def test_no_mutant_is_believed_and_nobody_is_contacted(name: str, mutants: int) -> None:
    with world.signing_world():
        outcome = run(mutants=mutants, seed=4, kinds=[one for one in KINDS if one.name == name])
    assert sum(outcome.made.values()) == mutants
    assert (outcome.accepted, outcome.attempts, outcome.valid_refused) == ([], [], [])
    assert outcome.kept


def test_a_bad_check_turns_the_run_red() -> None:
    with world.signing_world():
        outcome = run(mutants=52, seed=4, kinds=[gullible(one) for one in KINDS if one.name == "xml"])
    assert outcome.accepted
    assert "reached the listener" in outcome.attempts
    assert not outcome.kept


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("_hmac_with_the_public_key", "weak-algorithm"),
        ("_digest_made_anew", "signature-broken"),
        ("_comment_split", "forbidden-xml"),
        ("_figure_changed", "digest-broken"),
        ("_doctype", "forbidden-xml"),
        ("_retrieval", "malformed-signature"),
        ("_signature_doubled", "several-signatures"),
        ("_signature_moved", "wrong-place"),
    ],
)
def test_each_attack_is_refused_for_its_own_reason(change: str, code: str) -> None:
    with world.signing_world():
        content = getattr(xml_mutants, change)(Random(1), world.signed_filing(), "http://127.0.0.1:9/")
        found = [one.code for one in check_xml(content, at=world.AT, path=world.PATH).report.findings]
    assert found == [code]


@pytest.mark.parametrize("number", range(1, 9))
def test_each_of_the_eight_wrappings_is_refused_by_structure_or_digest(number: int) -> None:
    reasons = {"several-signatures", "wrong-place", "duplicate-id", "digest-broken"}
    with world.signing_world():
        valid = world.signed_filing()
        for seed in range(6):
            wrapped = getattr(xml_mutants, f"_wrapped_{number}")(Random(seed), valid, "http://127.0.0.1:9/")
            checked = check_xml(wrapped, at=world.AT)
            assert checked.signed is None
            assert {one.code for one in checked.report.findings} <= reasons
            assert checked.report.findings
