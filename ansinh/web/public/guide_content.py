"""What a guide to a service says, put together from its folder: for the page and for the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ansinh.catalogue.calculations import compute
from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.catalogue.limits import limits_of
from ansinh.catalogue.papers import asked_papers
from ansinh.dossiers.applicants import is_for_organisations
from ansinh.dossiers.lists import names
from ansinh.eforms.definition import Field, Section
from ansinh.eforms.display import show_answers
from ansinh.eforms.validate import check
from ansinh.law.deadlines import Limit, Unit, due
from ansinh.offices.queries import work_calendar
from ansinh.platform.language import current, pick, translate
from ansinh.platform.vietnamese import date_vi, money
from ansinh.web.public.listing import can_be_filed
from ansinh.web.public.papers_by_case import Line, preparation
from ansinh.web.public.time_limits import Limit as LimitLine
from ansinh.web.public.time_limits import filing_limits, legal_limits
from ansinh.web.public.words import CHANNELS, RESULT_CHANNELS, named
from ansinh.web.public.words import names as names_of
from ansinh.web.roles import ROLES

TELLING = frozenset({"choice", "date", "month", "money", "int"})
"""Types of answers that tell one example from another."""
MOST_ANSWERS = 6


@dataclass(frozen=True)
class GuideStep:
    """A step with what to do in it."""

    title: str
    text: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading with text, a list, or steps below it; `picture`: the process is drawn here."""

    key: str
    title: str
    text: str = ""
    lines: tuple[str, ...] = ()
    steps: tuple[GuideStep, ...] = ()
    numbered: bool = False
    picture: bool = False


def parts_of(folder: ProcedureFolder, *, on: date) -> list[Part]:
    """The guide in the reader's language, part by part; parts without anything to say are left out."""
    made = [_who(folder), _prepare(folder), _times(folder), _filing(folder), _way(folder), _afterwards(folder)]
    return [part for part in [*made, _examples(folder, on=on)] if part.lines or part.steps or part.text]


def _who(folder: ProcedureFolder) -> Part:
    return Part("ai", translate("Ai được hưởng, ai làm được"), lines=_texts(folder.procedure, "eligibility"))


def _prepare(folder: ProcedureFolder) -> Part:
    papers = preparation(folder)
    steps = [GuideStep(translate("Giấy tờ chung"), lines=tuple(map(_paper, papers.always)))] if papers.always else []
    steps += [GuideStep(case.title, lines=tuple(map(_paper, case.lines))) for case in papers.cases]
    if papers.besides:
        steps.append(GuideStep(translate("Thêm, tùy hoàn cảnh"), lines=tuple(map(_paper, papers.besides))))
    return Part(
        "chuan-bi", translate("Chuẩn bị trước khi bắt đầu"), lines=_texts(folder.procedure, "prepare"),
        steps=tuple(steps),
    )  # fmt: skip


def _paper(line: Line) -> str:
    return ". ".join(part.rstrip(".") for part in (line.name, line.when, line.hint, *line.marks) if part) + "."


def _times(folder: ProcedureFolder) -> Part:
    steps = []
    if legal := legal_limits(folder):
        steps.append(
            GuideStep(translate("Cơ quan BHXH phải giải quyết trong"), lines=tuple(_limit(one) for one in legal))
        )
    if filing := filing_limits(folder):
        steps.append(GuideStep(translate("Người nộp nên nộp trong"), lines=tuple(_limit(one) for one in filing)))
    return Part("thoi-han", translate("Thời hạn"), steps=tuple(steps))


def _limit(limit: LimitLine) -> str:
    head = f"{limit.about}: {limit.time}" if limit.about else limit.time
    return ". ".join([head, *(note.rstrip(".") for note in limit.notes)]) + "."


def _filing(folder: ProcedureFolder) -> Part:
    title = translate("Nộp từng bước")
    if not can_be_filed(folder):
        lines = tuple(names_of(CHANNELS, folder.procedure.channels))
        return Part(
            "nop", title, text=translate("Chưa nộp trực tuyến ở đây. Xin nộp ở một trong các nơi sau."), lines=lines
        )
    assert folder.form is not None
    steps = [_door(folder), _beginning(folder), *map(_section, folder.form.sections)]
    if any(paper.is_a_file for paper in folder.papers):
        steps.append(
            GuideStep(
                translate("Gửi giấy tờ"),
                translate(
                    "Trang giấy tờ chỉ hỏi những giấy mà phần khai của ông/bà cần. Chụp rõ bốn góc, hoặc chọn tệp có "
                    "sẵn; giấy đã gửi lần trước được dùng lại."
                ),
            )
        )
    steps += [_confirming(folder), _receipt()]
    return Part("nop", title, steps=tuple(steps), numbered=True)


def _door(folder: ProcedureFolder) -> GuideStep:
    if folder.procedure.page == "register":
        return GuideStep(
            translate("Mở trang đăng ký"), translate("Không cần tài khoản: đăng ký xong mới có. Cần một số điện thoại.")
        )
    if is_for_organisations(folder.procedure):
        return GuideStep(
            translate("Đăng nhập và chọn tổ chức"),
            translate("Đăng nhập bằng tài khoản của mình, mở trang Tổ chức, chọn tổ chức mà ông/bà làm việc thay."),
        )
    return GuideStep(
        translate("Đăng nhập"),
        translate("Dùng tài khoản giao dịch điện tử. Làm cho con hoặc người đã ủy quyền thì chọn tên người ấy trước."),
    )


def _beginning(folder: ProcedureFolder) -> GuideStep:
    text = translate("Mở dịch vụ “{name}” và bấm bắt đầu.", name=pick(folder.procedure, "short_name"))
    if folder.procedure.minutes_needed:
        text += " " + translate(
            "Khoảng {n} phút. Gõ đến đâu lưu đến đó, nghỉ giữa chừng được.", n=folder.procedure.minutes_needed
        )
    return GuideStep(translate("Bắt đầu"), text)


def _section(section: Section) -> GuideStep:
    return GuideStep(pick(section, "title"), pick(section, "hint"), tuple(_field(one) for one in section.fields))


def _field(field: Field) -> str:
    """The question with its help: where the answer is found, and what may be chosen."""
    parts = [pick(field, "label")]
    if not field.required and not field.read_only:
        parts[0] += f" ({translate('không bắt buộc')})"
    if field.read_only:
        parts.append(translate("Có sẵn từ sổ của cơ quan, không phải nhập"))
    parts += [pick(field, "hint"), pick(field, "guidance")]
    if pick(field, "source"):
        parts.append(translate("Xem {source}", source=pick(field, "source")))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _confirming(folder: ProcedureFolder) -> GuideStep:
    by_code = translate("Mã gồm 6 chữ số được gửi về điện thoại hoặc thư điện tử của tài khoản; nhập mã để nộp.")
    by_signature = translate("Ký bằng chữ ký số của tổ chức: USB, ký từ xa, hoặc tải tệp về ký rồi gửi lên.")
    text = by_signature if is_for_organisations(folder.procedure) else by_code
    return GuideStep(
        translate("Xem lại và xác nhận"), translate("Trang xem lại chỉ ra mọi chỗ còn thiếu.") + " " + text
    )


def _receipt() -> GuideStep:
    return GuideStep(
        translate("Nhận giấy tiếp nhận"),
        translate("Số hồ sơ hiện ngay. Giấy tiếp nhận có chữ ký số, ghi những gì đã nhận và ngày hẹn trả."),
    )


def _way(folder: ProcedureFolder) -> Part:
    steps = tuple(GuideStep(pick(stage, "name"), named(ROLES, stage.role)) for stage in folder.stages)
    return Part("quy-trinh", translate("Hồ sơ sẽ đi qua những bước nào"), steps=steps, numbered=True, picture=True)


def _afterwards(folder: ProcedureFolder) -> Part:
    steps = [
        GuideStep(
            translate("Nếu được yêu cầu bổ sung"),
            translate(
                "Tin báo ghi từng chỗ cần sửa và vì sao. Mở hồ sơ, sửa đúng các chỗ ấy rồi gửi; thời hạn dừng lại "
                "trong lúc chờ."
            ),
        ),
        GuideStep(
            translate("Nhận kết quả"), "; ".join(pick(one, "name") for one in folder.procedure.results) + ".",
            lines=tuple(names_of(RESULT_CHANNELS, folder.procedure.result_channels)),
        ),
        GuideStep(
            translate("Nếu không được giải quyết"),
            translate(
                "Văn bản trả lời ghi lý do và điều luật. Ông/bà nộp lại được khi đủ điều kiện, hoặc khiếu nại, khởi "
                "kiện theo luật."
            ),
        ),
    ]  # fmt: skip
    return Part("sau-khi-nop", translate("Sau khi nộp"), steps=tuple(steps))


def _examples(folder: ProcedureFolder, *, on: date) -> Part:
    steps = tuple(
        GuideStep(pick(example, "name"), lines=tuple(_example(folder, example, on=on))) for example in folder.examples
    )
    return Part(
        "vi-du", translate("Ví dụ"), text=translate("Người trong ví dụ là bịa đặt.") if steps else "", steps=steps
    )


def _example(folder: ProcedureFolder, example: Example, *, on: date) -> Iterator[str]:
    assert folder.form is not None
    yield from _answers(folder, example, on=on)
    problems = check(folder.form, example.answers, today=example.today)
    if problems:
        for problem in problems:
            yield translate("Cổng báo: {sentence}", sentence=problem.sentence)
        return
    papers = [pick(one.paper, "name") for one in asked_papers(folder, example.answers)]
    if papers:
        yield translate("Giấy tờ: {papers}.", papers="; ".join(papers))
    yield from _office(folder, example)


def _answers(folder: ProcedureFolder, example: Example, *, on: date) -> Iterator[str]:
    assert folder.form is not None
    telling = {
        field.key
        for field in folder.form.fields()
        if field.type in TELLING and not (field.prefill or "").startswith("account.")
    }
    shown = show_answers(folder.form, example.answers, name_of=names(on=on, language=current()))
    lines = [line for section in shown for line in section.lines if line.key in telling and pick(line, "text") != "–"]
    for line in lines[:MOST_ANSWERS]:
        yield f"{pick(line, 'label')}: {pick(line, 'text')}."


def _office(folder: ProcedureFolder, example: Example) -> Iterator[str]:
    for one in example.course.supplement:
        yield translate("Cơ quan yêu cầu bổ sung: {wrong}", wrong=one.wrong_vi)
    for ground in example.course.refused:
        yield translate("Không được giải quyết: {why}", why=ground.explanation_vi)
    if example.course.refused:
        return
    started = date.fromisoformat(example.accepted_at or example.today.isoformat())
    for result, limit in limits_of(folder, example.answers):
        if limit is not None:
            day = due(started_on=started, limit=Limit(limit.value, Unit(limit.unit)), calendar=work_calendar()).on
            if day is not None:
                yield translate(
                    "Tiếp nhận ngày {started}, hẹn trả {result}: {day}.",
                    started=date_vi(started), result=pick(result, "name"), day=date_vi(day),
                )  # fmt: skip
    for line in compute(folder, example.answers, record=example.record, today=example.today):
        if line.amount:
            month = translate(" mỗi tháng") if line.calculation.per == "month" else ""
            yield f"{pick(line.calculation, 'name')}: {money(line.amount)}{month}."


def _texts(thing: object, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(thing, f"{name}_{current()}", ()) or getattr(thing, f"{name}_vi")
    return found
