"""All calculators, in the order of their list. A new one is a YAML file, a module, and one line here."""

from __future__ import annotations

from ansinh.web.public.calculators.calculator import Calculator
from ansinh.web.public.calculators.household import HOUSEHOLD
from ansinh.web.public.calculators.maternity import MATERNITY
from ansinh.web.public.calculators.one_time import ONE_TIME
from ansinh.web.public.calculators.pension import PENSION
from ansinh.web.public.calculators.sickness import SICKNESS
from ansinh.web.public.calculators.survivors import SURVIVORS
from ansinh.web.public.calculators.voluntary import VOLUNTARY

CALCULATORS: tuple[Calculator, ...] = (
    VOLUNTARY, PENSION, ONE_TIME, MATERNITY, SICKNESS, HOUSEHOLD, SURVIVORS,
)  # fmt: skip


def by_slug(slug: str) -> Calculator | None:
    """The calculator at an address."""
    return next((one for one in CALCULATORS if one.slug == slug), None)
