"""Every public page opens, in both languages, for anybody, and nothing on it leads nowhere."""

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from ansinh.catalogue.queries import folders

PAGES = ("home", "services", "look-up", "check-paper", "proof-keys", "offices", "holidays", "help", "display")
SLUGS = sorted({folder.slug for folder in folders()})


def addresses() -> list[str]:
    return [reverse(f"public:{name}") for name in PAGES] + [
        reverse("public:service", kwargs={"slug": slug}) for slug in SLUGS
    ]


@pytest.mark.requirement("R-040")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_opens(reader: Client, language: str) -> None:
    reader.cookies["ngon_ngu"] = language
    for address in addresses():
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in answer.content.decode(), address


def test_no_link_leads_nowhere(reader: Client) -> None:
    for address in addresses():
        html = reader.get(address).content.decode()
        targets = set(re.findall(r'(?:href|action)="(/[^"#?]*)', html))
        for target in targets:
            if target.startswith("/static/"):
                continue
            try:
                resolve(target)
            except Resolver404:
                pytest.fail(f"{address} leads to {target}")


def test_an_anchor_of_the_list_exists(reader: Client) -> None:
    home, listed = reader.get("/").content.decode(), reader.get("/dich-vu").content.decode()
    anchors = set(re.findall(r'href="/dich-vu#([^"]+)"', home))
    assert anchors == {f"nhom-{letter}" for letter in "ABCDE"}
    for anchor in anchors:
        assert f'id="{anchor}"' in listed


def test_an_unknown_service_says_what_to_do(reader: Client) -> None:
    answer = reader.get("/dich-vu/khong-co")
    assert answer.status_code == 404
    assert "Xin chọn lại trong danh sách dịch vụ" in answer.content.decode()
