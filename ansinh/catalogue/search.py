"""Finds services by what people type: without marks, with slips, in old words (R-033 … R-037, R-169)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.services import ServiceList
from ansinh.catalogue.synonyms import Synonym, Synonyms
from ansinh.law.names import search_key

_STOP_WORDS = """
toi muon cho cua o tai va hoac thi la de xin lam the nao can giay to gi thu tuc giai quyet nguoi
huong che do bi khi con duoc phai dau how to the a my
"""
_STOP = frozenset(_STOP_WORDS.split())
_SURE = 0.62
"""The least likeness of two words that still counts as a typing slip."""
_WEIGHTS = (("short", 4.0), ("name", 3.0), ("rows", 2.0), ("english", 2.5), ("summary", 1.5), ("forms", 3.0))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; None leaves a filter open."""

    group: str | None = None
    field: str | None = None
    level: str | None = None
    """Agency level: bhxh_co_so, province, central."""
    service_level: str | None = None
    applicant: str | None = None
    channel: str | None = None
    online: bool | None = None
    open_on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A service found, its rank and the words that matched; ``via`` is the synonym that led to it."""

    folder: ProcedureFolder
    score: float
    matched: tuple[str, ...] = ()
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The services found, and what the query was understood to say besides."""

    found: tuple[Found, ...]
    province_now: str | None = None
    """The present province when the query names one of the old ones."""
    narrowed: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class _Entry:
    folder: ProcedureFolder
    texts: tuple[tuple[float, frozenset[str], str], ...]


class Catalogue:
    """The services of one day, ready to be searched."""

    def __init__(self, folders: Sequence[ProcedureFolder], services: ServiceList, synonyms: Synonyms) -> None:
        self._entries = tuple(_entry(folder, services) for folder in folders)
        self._synonyms = synonyms

    def search(self, query: str, *, filters: Filters | None = None) -> Answer:
        """The services for ``query``, best first; an empty query gives all that pass the filters."""
        asked = filters or Filters()
        text, province = self._without_province(_key(query))
        said = self._said(text)
        words = [word for word in text.split() if word not in _STOP] or text.split()
        fits = [entry for entry in self._entries if fits_filters(entry.folder, asked)]
        if not words:
            return Answer(tuple(Found(entry.folder, 0.0) for entry in fits), province, asked)
        extra = [word for synonym, _ in said for other in synonym.words for word in other.split()]
        level = next((synonym.level for synonym, _ in said if synonym.level), None)
        service_level = next((synonym.service_level for synonym, _ in said if synonym.service_level), None)
        found = [_score(entry, text, [*words, *extra], said) for entry in fits]
        kept = [one for one in found if one.score > 0]
        if level or service_level:
            hinted = Filters(level=level, service_level=service_level)
            by_hint = [entry for entry in fits if fits_filters(entry.folder, hinted)]
            if not kept:
                kept = [Found(entry.folder, 0.1) for entry in by_hint]
            else:
                wanted = {entry.folder.slug for entry in by_hint}
                kept = [one for one in kept if one.folder.slug in wanted] or kept
        kept.sort(key=lambda one: (-one.score, one.folder.slug))
        best = kept[0].score if kept else 0.0
        narrowed = Filters(level=level, service_level=service_level)
        return Answer(tuple(one for one in kept if one.score >= best * 0.25), province, narrowed)

    def _without_province(self, text: str) -> tuple[str, str | None]:
        for old, now in self._synonyms.provinces.items():
            if found := re.search(rf"(?:\btinh )?\b{old}\b", text):
                return f"{text[: found.start()]} {text[found.end() :]}".strip(), now
        return text, None

    def _said(self, text: str) -> list[tuple[Synonym, str]]:
        said: list[tuple[Synonym, str]] = []
        for synonym in self._synonyms.entries:
            hits = [
                (len(key), spoken) for key, spoken in zip(synonym.keys, synonym.say, strict=True) if _says(text, key)
            ]
            if hits:
                said.append((synonym, max(hits)[1]))
        return said


def fits_filters(folder: ProcedureFolder, filters: Filters) -> bool:
    """Whether a service passes every filter that is set."""
    procedure = folder.procedure
    return (
        (filters.group is None or filters.group in procedure.groups)
        and (filters.field is None or filters.field in (procedure.field_vi, procedure.field_en))
        and (filters.level is None or filters.level in procedure.agency_levels)
        and (filters.service_level is None or filters.service_level == procedure.level)
        and (filters.applicant is None or filters.applicant in procedure.applicants)
        and (filters.channel is None or filters.channel in procedure.channels)
        and (filters.online is None or filters.online == procedure.online)
        and (filters.open_on is None or procedure.is_open_on(filters.open_on))
    )


def likeness(left: str, right: str) -> float:
    """How alike two words without marks are: 1 the same, 0 nothing in common.

    One slip in a word of four letters or more (a wrong, missing, added or swapped letter) keeps
    it above the bar; two slips need eight letters. A beginning of three letters or more counts too.
    """
    if left == right:
        return 1.0
    if len(left) >= 3 and right.startswith(left):
        return 0.8
    longest = max(len(left), len(right))
    if longest < 4 or min(len(left), len(right)) < 3:
        return 0.0
    slips = _slips(left, right)
    return 0.7 if slips == 1 or (slips == 2 and longest >= 8) else 0.0


def _entry(folder: ProcedureFolder, services: ServiceList) -> _Entry:
    procedure = folder.procedure
    rows = services.rows_of(folder.slug)
    texts = {
        "short": procedure.short_name_vi,
        "name": procedure.name_vi,
        "rows": " ".join([row.name_vi for row in rows] + [case.name_vi for row in rows for case in row.cases]),
        "english": f"{procedure.name_en} {procedure.short_name_en}",
        "summary": f"{procedure.summary_vi} {procedure.field_vi}",
        "forms": " ".join([form.code for form in procedure.forms] + [procedure.national_code or ""]),
    }
    keys = {name: _key(text) for name, text in texts.items()}
    return _Entry(folder, tuple((weight, frozenset(keys[name].split()), keys[name]) for name, weight in _WEIGHTS))


def _score(entry: _Entry, text: str, words: Sequence[str], said: Sequence[tuple[Synonym, str]]) -> Found:
    score, matched = 0.0, []
    for word in words:
        best = max(weight * _best(word, tokens) for weight, tokens, _ in entry.texts)
        if best > 0:
            score += best * min(len(word), 6) / 4
            matched.append(word)
    if not matched and not any(entry.folder.slug in synonym.slugs for synonym, _ in said):
        return Found(entry.folder, 0.0)
    score *= len(matched) / len(words)
    if len(text) > 3:
        score += sum(2 * weight for weight, _, whole in entry.texts if text in whole)
    via = None
    for synonym, spoken in said:
        if entry.folder.slug in synonym.slugs:
            rank = synonym.slugs.index(entry.folder.slug)
            score += (6 + 3 * len(spoken.split())) / (1 + 0.25 * rank)
            via = spoken
    return Found(entry.folder, round(score, 3), tuple(matched), via)


def _best(word: str, tokens: frozenset[str]) -> float:
    if word in tokens:
        return 1.0
    best = max((_likeness(word, token) for token in tokens), default=0.0)
    return best * 0.8 if best >= _SURE else 0.0


_likeness = lru_cache(maxsize=50_000)(likeness)


def _says(text: str, key: str) -> bool:
    if re.search(rf"\b{re.escape(key)}\b", text):
        return True
    spoken, wanted = text.split(), key.split()
    if len(key) < 6:
        return False
    return any(
        all(_likeness(given, want) >= _SURE for given, want in zip(spoken[start:], wanted, strict=False))
        for start in range(len(spoken) - len(wanted) + 1)
    )


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s.\-]", " ", search_key(text)).replace("-", " ").split())


def _slips(left: str, right: str) -> int:
    """Edit distance with swaps of neighbours, cut off at 3."""
    if abs(len(left) - len(right)) > 2:
        return 3
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, a in enumerate(left, start=1):
        line = [row]
        for column, b in enumerate(right, start=1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (a != b))
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return min(last[-1], 3)
