"""The head of the desk is short, and what it no longer names is one page away."""

from __future__ import annotations

import re

from tests.web.officer.test_desk import Browser, words
from tests.world import World


def test_the_head_of_the_desk_has_three_words_and_each_leads_on(world: World, browser: Browser) -> None:
    for who in world.officers:
        client = browser(who)
        head = client.get("/can-bo").content.decode().partition("<nav")[2].partition("</nav>")[0]
        words_of_head = re.findall(r'href="([^"]+)"', head)
        assert 1 <= len(words_of_head) <= 3, who
        assert all(client.get(address).status_code == 200 for address in words_of_head), who
    hub = browser("counter").get("/can-bo/tai-quay").content.decode().partition("<main")[2]
    places = re.findall(r'href="(/can-bo[^"]+)"', hub.partition("</main>")[0])
    assert len(places) == 10
    assert all(browser("counter").get(place).status_code == 200 for place in places)
    inside = browser("counter").get("/can-bo/khoi-phuc").content.decode()
    assert '<a href="/can-bo/tai-quay" aria-current="page">' in inside, "the word of the place is marked inside it"
    assert "không có việc nào ở đây" in words(browser("collector").get("/can-bo/quan-ly"))


def test_who_may_not_open_a_page_of_the_desk_is_led_back_to_the_own_work(world: World, browser: Browser) -> None:
    answer = browser("counter").get("/can-bo/so-lieu")
    assert answer.status_code == 403
    assert "Về việc của tôi" in words(answer) and "Về hồ sơ của tôi" not in words(answer)
