"""The process of a procedure as a picture, with the present step marked where there is a dossier."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from ansinh.catalogue.folder import ProcedureFolder, Stage
from ansinh.catalogue.queries import frozen
from ansinh.documents.process_picture import Step, Words, process_svg
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.platform.language import pick, translate
from ansinh.web.roles import ROLES

STATES = {"done": "đã xong", "now": "đang ở bước này", "stopped": "đã dừng", "later": "chưa đến"}


def process_of(folder: ProcedureFolder, *, states: Mapping[str, str] | None = None, standalone: bool = False) -> Markup:
    """The picture of a procedure; `states` by stage key mark where a dossier stands."""
    steps = [
        Step(one.kind, pick(one, "name"), _note(one), (states or {}).get(one.key, "later")) for one in folder.stages
    ]
    words = Words(
        title=translate("Sơ đồ xử lý: {name}", name=pick(folder.procedure, "short_name")),
        description=_description(steps, marked=states is not None),
        asking=translate("yêu cầu bổ sung"),
        returning=translate("trả lại để sửa"),
    )
    # Every text in it was escaped where it was put in.
    return Markup(process_svg(steps, words, name="quy-trinh", standalone=standalone))  # noqa: S704


def dossier_process(dossier: Dossier) -> Markup:
    """The picture of a dossier's procedure, as frozen, with its present step."""
    return process_of(frozen(dossier.version_id), states=stage_states(dossier))


def stage_states(dossier: Dossier) -> dict[str, str]:
    """By stage key: done, now, stopped (withdrawn there) or later."""
    stages = frozen(dossier.version_id).stages
    reached = next((number for number, stage in enumerate(stages) if stage.key == dossier.stage), 0)
    closed = dossier.state in CLOSED_STATES
    found: dict[str, str] = {}
    for number, stage in enumerate(stages):
        if number < reached or (closed and number == reached and dossier.state != State.WITHDRAWN):
            found[stage.key] = "done"
        elif number == reached:
            found[stage.key] = "stopped" if dossier.state == State.WITHDRAWN else "now"
        else:
            found[stage.key] = "later"
    return found


def _note(stage: Stage) -> str:
    """Who does it, and how much of the time limit it is meant to take."""
    parts = [translate(ROLES.get(stage.role, stage.role))]
    if stage.share:
        parts.append(translate("{n} % thời hạn", n=stage.share))
    return " · ".join(parts)


def _description(steps: list[Step], *, marked: bool) -> str:
    lines = []
    for number, step in enumerate(steps, start=1):
        state = f" ({translate(STATES[step.state])})" if marked else ""
        lines.append(f"{number}. {step.name}, {step.note}{state}.")
    lines.append(
        translate("Thiếu gì thì bước tiếp nhận, đối chiếu hoặc thẩm định yêu cầu người nộp bổ sung; thời hạn dừng lại.")
    )
    lines.append(translate("Người kiểm soát hoặc người ký trả dự thảo lại cho chuyên viên khi cần sửa."))
    return " ".join(lines)
