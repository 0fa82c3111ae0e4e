"""The list of services and its search, read once and kept: files of `procedures/` do not change while we run."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.published import service_list, synonyms
from ansinh.catalogue.queries import services_on
from ansinh.catalogue.search import Catalogue


@lru_cache(maxsize=4)
def searcher(day: date) -> Catalogue:
    """What is searched on a day."""
    return Catalogue(services_on(day), service_list(), synonyms())


def by_slug(day: date) -> dict[str, ProcedureFolder]:
    """The folders in force on a day."""
    return {folder.slug: folder for folder in services_on(day)}


def can_be_filed(folder: ProcedureFolder) -> bool:
    """Whether a person files it here: it is online, has a form, and is no page of ours in disguise."""
    return folder.procedure.online and folder.form is not None
