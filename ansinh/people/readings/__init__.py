"""Who looked at whose matter: recorded with its purpose, shown to the person, judged when the glass was broken."""

from ansinh.people.models_readings import Ground, PageKind
from ansinh.people.readings.write import Shown, Why, record

__all__ = ["Ground", "PageKind", "Shown", "Why", "record"]
