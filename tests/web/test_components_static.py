"""Static files: hashed names that hold together, small sizes, our own fonts with their licence."""

import gzip
import json
import re
from pathlib import Path

from django.templatetags.static import static

from ansinh.web.environment import environment

STATIC = Path(__file__).resolve().parents[2] / "ansinh" / "web" / "static"
PAPER = Path(__file__).resolve().parents[2] / "ansinh" / "platform" / "fonts"


def test_every_file_has_a_hashed_twin_and_styles_point_to_hashed_fonts(hashed: Path) -> None:
    names = json.loads((hashed / "staticfiles.json").read_text())["paths"]
    for wanted in ("tokens.css", "look.css", "desk.css", "icons.svg", "an-sinh.js"):
        assert re.search(r"\.[0-9a-f]{12}\.", names[wanted])
    styles = (hashed / names["tokens.css"]).read_text()
    fonts = re.findall(r'url\("([^"]+)"\)', styles)
    assert len(fonts) == 6
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (hashed / font).exists()


def test_icons_are_used_from_the_hashed_sprite(hashed: Path) -> None:
    html = environment().from_string('{{ icon("clock") }}').render()
    found = re.search(r'href="/static/(icons\.[0-9a-f]{12}\.svg)#clock"', html)
    assert found is not None
    assert 'id="clock"' in (hashed / found[1]).read_text()


def test_a_file_that_is_not_collected_has_its_plain_name(hashed: Path) -> None:
    assert not (hashed / "not-there.css").exists()
    assert static("not-there.css") == "/static/not-there.css"


def test_styles_and_script_keep_to_their_sizes() -> None:
    sizes = {name: len((STATIC / name).read_bytes()) for name in ("tokens.css", "look.css", "desk.css")}
    # Components take 26.6 kB with lists and pictures of a process, font faces with their ranges the rest; a first visit
    # is held as a whole elsewhere.
    assert sizes["tokens.css"] + sizes["look.css"] <= 29_500
    assert sizes["desk.css"] <= 6_500
    assert len(gzip.compress((STATIC / "an-sinh.js").read_bytes())) <= 5_300


def test_styles_use_nothing_that_old_telephones_lack() -> None:
    for name in ("look.css", "desk.css"):
        source = re.sub(r"@supports selector\(:has\(a\)\)\{[^{}]+\{[^{}]+\}\}", "", (STATIC / name).read_text())
        assert not re.search(r":has\(|@layer|@container|aspect-ratio", source), name


def test_fonts_come_with_their_licence_and_are_small() -> None:
    for folder in (STATIC / "fonts", PAPER):
        assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()
    assert sum(len(file.read_bytes()) for file in (STATIC / "fonts").glob("*.woff2")) < 50_000
    assert sum(len(file.read_bytes()) for file in PAPER.glob("*.ttf")) < 400_000


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
    named: set[str] = set()
    for template in STATIC.parent.rglob("*.html"):
        named |= set(re.findall(r'\bicon\("(\w+)"', template.read_text()))
        named |= set(re.findall(r'icon_name="(\w+)"', template.read_text()))
    assert named - drawn == set()
