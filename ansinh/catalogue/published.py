"""The published list of services as it lies in `procedures/`, read once, and the cases inside its rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ansinh.catalogue.folder import SubCase
from ansinh.catalogue.queries import ROOT, folders
from ansinh.catalogue.services import ServiceList, read_services
from ansinh.catalogue.synonyms import Synonyms, read_synonyms


@cache
def service_list() -> ServiceList:
    """The thirty rows in their five groups; a faulty file stops the program with file and line."""
    return read_services(ROOT, slugs=_slugs())


@cache
def synonyms() -> Synonyms:
    """Old and everyday words for services."""
    return read_synonyms(ROOT, slugs=_slugs())


def cases_of(slug: str) -> tuple[SubCase, ...]:
    """The cases named inside the rows of a procedure (R-186), each once."""
    return tuple({case.key: case for row in service_list().rows_of(slug) for case in row.cases}.values())


def answers_of_case(slug: str, key: str) -> Mapping[str, Any]:
    """The answers that a chosen case means; none for a key that is no case."""
    return next((case.answers for case in cases_of(slug) if case.key == key), {})


def _slugs() -> frozenset[str]:
    return frozenset(folder.slug for folder in folders())
