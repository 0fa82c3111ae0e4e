"""What nobody has checked in a procedure yet, in sentences for officers."""

from __future__ import annotations

from typing import Final

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.uncertain import Uncertain, uncertain_facts
from ansinh.platform.language import pick, translate
from ansinh.web.public.words import span

QUALITIES: Final = {"from_knowledge": "ghi theo hiểu biết", "secondary": "ghi theo nguồn thứ hai"}


def uncertain_words(folder: ProcedureFolder) -> list[str]:
    """A sentence for each such fact."""
    return [_words(one) for one in uncertain_facts(folder)]


def _words(one: Uncertain) -> str:
    quality = translate(QUALITIES[one.quality])
    if one.area == "law":
        return translate("Văn bản {number}: {quality}.", number=one.key, quality=quality)
    about = pick(one, "name") or translate("mọi trường hợp")
    text = translate(
        "Thời hạn {span} ({about}): {quality}.", span=span(one.value, one.unit).lower(), about=about, quality=quality
    )
    note = pick(one, "note")
    return f"{text} {note}" if note else text
