"""Make the font files of pages and papers from the two original Be Vietnam Pro files.

Run once, when the originals change; the results are committed beside this script's targets::

    python -m pip install fonttools brotli
    python ansinh/web/static_src/make_fonts.py BeVietnamPro-Regular.ttf BeVietnamPro-SemiBold.ttf

For pages (``ansinh/web/static/fonts``) each weight becomes two WOFF2 files, latin and vietnamese, which
``look.css`` joins by ``unicode-range``. For papers (``ansinh/platform/fonts``) each weight is one small TTF.
Be Vietnam Pro has no tabular figures, so each weight also gives ``An Sinh Digits``: 0-9 only, each centred on
one width, under its own name (the Open Font License allows it).
"""

import copy
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WEB = Path(__file__).resolve().parents[1] / "static" / "fonts"
PAPER = Path(__file__).resolve().parents[2] / "platform" / "fonts"
DIGIT_WIDTH = 645  # per mille of the em: room for the widest digit of the semibold
DIGITS = set(range(0x30, 0x3A))
LATIN = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | {
    0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x203A, 0x20AC, 0x2192, 0x2212,
}  # fmt: skip
VIETNAMESE = set(range(0x1EA0, 0x1EFA)) | {
    0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0,
    0x300, 0x301, 0x303, 0x309, 0x323, 0x20AB,
}  # fmt: skip


def subset(font: Any, characters: set[int], *, names: bool) -> Any:
    """Return a copy of ``font`` with only ``characters`` and the features that Vietnamese needs."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"] if names else [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    smaller = copy.deepcopy(font)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(smaller)
    return smaller


def digits(font: Any, *, style: str) -> Any:
    """Return the family ``An Sinh Digits``: each digit centred on ``DIGIT_WIDTH``."""
    result = subset(font, DIGITS, names=True)
    for tag in ("GPOS", "GSUB", "GDEF"):
        if tag in result:
            del result[tag]
    width = round(DIGIT_WIDTH * result["head"].unitsPerEm / 1000)
    glyphs, table = result.getGlyphSet(), result["glyf"]
    centred = {}
    for name in result.getBestCmap().values():
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        if right - left > width:
            raise SystemExit(f"{name} is {right - left} wide, more than {width}")
        shift = round((width - (right - left)) / 2 - left)
        pen = TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        centred[name] = pen.glyph()
    for name, glyph in centred.items():
        table[name] = glyph
        glyph.recalcBounds(table)
        result["hmtx"][name] = (width, glyph.xMin)
    rename(result, family="An Sinh Digits", style=style)
    return result


def rename(font: Any, *, family: str, style: str) -> None:
    """Give ``font`` its own family name, so that it is never taken for the original."""
    compact = family.replace(" ", "")
    new = {1: f"{family} {style}".removesuffix(" Regular"), 2: "Regular", 3: f"{compact}-{style}",
           4: f"{family} {style}", 6: f"{compact}-{style}", 16: family, 17: style}  # fmt: skip
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in {0, 13, 14}]
    for number, text in new.items():
        table.setName(text, number, 3, 1, 0x409)


def save(font: Any, target: Path, *, flavor: str | None) -> None:
    """Write ``font`` and say how large it became."""
    font.flavor = flavor
    font.save(target)
    sys.stdout.write(f"{target.stat().st_size:7d}  {target.name}\n")


def main(regular: str, semibold: str) -> None:
    """Make all eight page and four paper files."""
    for path, weight, style in ((regular, "400", "Regular"), (semibold, "600", "SemiBold")):
        font = TTFont(path, recalcTimestamp=False)
        save(subset(font, LATIN, names=False), WEB / f"be-vietnam-pro-latin-{weight}.woff2", flavor="woff2")
        save(subset(font, VIETNAMESE, names=False), WEB / f"be-vietnam-pro-vietnamese-{weight}.woff2", flavor="woff2")
        save(digits(font, style=style), WEB / f"an-sinh-digits-{weight}.woff2", flavor="woff2")
        save(subset(font, LATIN | VIETNAMESE, names=True), PAPER / f"BeVietnamPro-{style}.ttf", flavor=None)
        save(digits(font, style=style), PAPER / f"AnSinhDigits-{style}.ttf", flavor=None)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
