"""Strict policy on every page: nothing inline, nothing from elsewhere, and the header that makes a browser insist."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.house.source import ROOT, short

INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"<(?:script|link|img|iframe|source)[^>]*\s(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE)
TEMPLATES = sorted((ROOT / "ansinh").rglob("*.html"))


def test_no_template_has_anything_inline_or_from_elsewhere() -> None:
    assert len(TEMPLATES) > 80
    texts = {short(path): path.read_text(encoding="utf-8") for path in TEMPLATES}
    offenders = {name: found[0] for name, text in texts.items() if (found := INLINE.search(text))}
    offenders |= {name: found[0] for name, text in texts.items() if (found := ELSEWHERE.search(text))}
    assert offenders == {}


@pytest.mark.parametrize("sample", ['<p style="a">', '<a onclick="x">', "<style>", "<script>x", "<script type=module>"])
def test_what_is_inline_is_seen(sample: str) -> None:
    assert INLINE.search(sample)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/dang-nhap", "/dich-vu", "/khong-co-trang-nay", "/can-bo"])
def test_every_answer_tells_the_browser_to_insist(address: str) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    assert said["default-src"] == "'none'"
    assert {said[kind] for kind in ("script-src", "style-src", "font-src", "img-src", "connect-src")} == {"'self'"}
    assert (said["object-src"], said["base-uri"], said["frame-ancestors"]) == ("'none'",) * 3
    assert "unsafe" not in policy and "data:" not in policy and "*" not in policy
