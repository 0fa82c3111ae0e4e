"""Effect → the function that does it. Whoever adds one adds a line here, and takes it out of `NOT_YET_DONE`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ansinh.casework.effects import arrears, benefits, contracts
from ansinh.casework.effects.given import Function

FUNCTIONS: Final[Mapping[str, Function]] = {
    "benefit_started": benefits.start,
    "benefit_changed": benefits.change,
    "benefit_stopped": benefits.stop,
    "benefit_resumed": benefits.resume,
    "arrears_settled": arrears.settle,
    "contract_in_force": contracts.in_force,
    "contract_ended": contracts.ended,
}
