"""Many guessers in parallel at one code, and one code written and replayed in two hundred ways."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product
from random import Random

from django.db import connection
from django.utils import timezone

from ansinh.people.models import OneTimeCode
from benchmarks.rig.otp.browser import Answer, Browser, network
from benchmarks.rig.otp.people import Known, other_digits, sent_code

ASK, TYPE = "/quen-mat-khau", "/quen-mat-khau/ma"
NEW_PASSWORD = "đồi chè sương sớm"
WRONG, MOST_EVALUATED, VARIANTS = "Mã không đúng", 5, 200


def guess(port: int, victim: Known, *, guessers: int, each: int) -> bool:
    """So many guessers type wrong codes into one session at once; afterwards the right code opens nothing."""
    browser = waiting(port, victim, block=101)
    code, right = sent_code(victim.id)

    def work(number: int) -> int:
        window = browser.again()
        tries = range(number * each, (number + 1) * each)
        return sum(WRONG in _typed(window, other_digits(right, step + 1)).body for step in tries)

    with ThreadPoolExecutor(guessers) as threads:
        told_wrong = sum(threads.map(work, range(guessers)))
    code.refresh_from_db()
    # The last evaluation says "worn out", as all later answers do.
    evaluated = told_wrong + (code.tries_left == 0)
    opened = _opens(_typed(browser, right))
    print(
        f"guessing: {guessers} at once, {guessers * each} guesses, {evaluated} evaluated (aim {MOST_EVALUATED}); "
        f"the right code afterwards {'OPENED' if opened else 'opens nothing'}"
    )
    return evaluated == MOST_EVALUATED and not opened


def replay(port: int, people: list[Known], *, random: Random) -> bool:
    """One code in every writing, in other sessions, for another purpose and after use: one success in all."""
    owner, *others = people
    browser = waiting(port, owner, block=102)
    code, right = sent_code(owner.id)
    foreign = [waiting(port, one, block=103 + number) for number, one in enumerate(others)]
    elsewhere = [_typed(one, right) for one in foreign for _ in range(4)]
    purpose = [_typed(browser, right, path=path) for path in ("/khoi-phuc/ma", "/khoi-phuc", "/dang-nhap")]
    spelled = random.sample(_spellings(right), VARIANTS - len(elsewhere) - len(purpose))
    here = [_typed(browser, one) for one in spelled]
    answers = [*elsewhere, *purpose, *here]
    opened = sum(map(_opens, answers))
    print(f"replay: {len(answers)} variants of one code, {opened} success (aim 1)")
    late = _around_expiry(port, people[1], seconds=-1), _around_expiry(port, people[2], seconds=2)
    words = ("OPENED" if late[0] else "refused", "opened" if late[1] else "REFUSED")
    print(f"expiry: a second after it {words[0]}, before it {words[1]}")
    return opened == 1 and late == (False, True) and code.purpose == "password_reset"


def budget(port: int, people: list[Known], *, same_prefix: list[Known]) -> bool:
    """Forty networks ask for one number, and one walks through a range: how many codes go out."""
    victim = people[0]
    _ask_all(port, [victim] * 40, block=120)
    to_one = OneTimeCode.objects.filter(account_id=victim.id).count()
    _ask_all(port, same_prefix, block=121)
    in_range = OneTimeCode.objects.filter(account_id__in=[one.id for one in same_prefix]).count()
    print(
        f"budget: 40 requests for one number, {to_one} codes (aim ≤ 6); {len(same_prefix)} numbers of one range, "
        f"{in_range} codes (aim ≤ 300)"
    )
    return 0 < to_one <= 6 and 0 < in_range <= 300


def waiting(port: int, who: Known, *, block: int) -> Browser:
    """A browser that has asked for a code of this account and shows the page to type it."""
    browser = Browser(port, network(0, block=block))
    answer = browser.post(ASK, {"login": who.login, "channel": "sms"})
    assert answer.location == TYPE, answer.body
    return browser


def reset(port: int, who: Known, *, block: int) -> Answer:
    """Set a new password with the code, as its owner does."""
    browser = waiting(port, who, block=block)
    return _typed(browser, sent_code(who.id)[1])


def _ask_all(port: int, people: list[Known], *, block: int) -> None:
    def ask(numbered: tuple[int, Known]) -> None:
        number, who = numbered
        Browser(port, network(number, block=block)).post(ASK, {"login": who.login, "channel": "sms"})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, enumerate(people)))


def _around_expiry(port: int, who: Known, *, seconds: float) -> bool:
    browser = waiting(port, who, block=110)
    code, right = sent_code(who.id)
    now = timezone.now()  # noqa: TID251 - a measurement is a mouth
    # Its message may be handed over meanwhile, which would count its life anew: once is all a code gets.
    OneTimeCode.objects.filter(pk=code.pk).update(
        extended=True, issued_at=now - timedelta(minutes=5), expires_at=now + timedelta(seconds=seconds)
    )
    return _opens(_typed(browser, right))


def _typed(browser: Browser, typed: str, *, path: str = TYPE) -> Answer:
    return browser.post(path, {"code": typed, "password": NEW_PASSWORD, "login": "x", "channel": "sms"})


def _opens(answer: Answer) -> bool:
    return answer.status == 302 and "doi-xong" in answer.location


def _spellings(right: str) -> list[str]:
    forms = [right, *("".join(chr(zero + int(one)) for one in right) for zero in (0xFF10, 0x0660, 0x0966))]
    return [
        before + between.join(form) + after
        for form, between, before, after in product(
            forms, ("", " ", "-", "\u2009"), ("", " ", "\u00a0", "\ufeff", "\t"), ("", " ", "\u200b")
        )
    ]


def sabotage() -> None:
    """A defect in the database of this measurement: no code that is not used ever runs out of tries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION bench_never_spent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.used_at IS NULL THEN NEW.tries_left := 5; NEW.closed_at := NULL;"
            " NEW.sealed_code := coalesce(NEW.sealed_code, OLD.sealed_code); END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER bench_never_spent BEFORE UPDATE ON people_onetimecode"
            " FOR EACH ROW EXECUTE FUNCTION bench_never_spent()"
        )
