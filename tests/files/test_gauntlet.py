"""Bad files of many kinds: each is refused with its own sentence, none harms the server."""

import io
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ansinh.files.limits import MAX_PAGES
from ansinh.files.refusals import SENTENCES, refusal
from ansinh.files.sandbox import Undecodable, decode
from tests.cli.installation import children_of, command_of
from tests.files import samples

ROOT = Path(__file__).resolve().parents[2]


def verdict(content: bytes) -> str:
    """The refusal's code, or the answer of the decoder."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            return decode(file, "inspect").decode()
        except Undecodable as refused:
            return refused.code


def with_javascript_packed() -> bytes:
    return samples.pdf(change=samples.javascript(), object_stream_mode=pikepdf.ObjectStreamMode.generate)


def with_escaped_name() -> bytes:
    plain = samples.pdf(change=samples.javascript(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return plain.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4AS")


def with_script_on_page() -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.pages[0].AA = pikepdf.Dictionary(O=action)

    return samples.pdf(change=change)


def endless_object_stream() -> bytes:
    """An object stream that unpacks to far more than it should."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.Extra = document.make_stream(b" " * 50_000_000, Type=pikepdf.Name.ObjStm)

    return samples.pdf(change=change, compress_streams=True, recompress_flate=True)


def encrypted(**passwords: Any) -> bytes:
    return samples.pdf(encryption=pikepdf.Encryption(**passwords))


def page_of_size(width: float, height: float) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].MediaBox = pikepdf.Array([0, 0, width, height])

    return samples.pdf(change=change)


JPEG, PNG, HEIC, PDF = samples.jpeg(), samples.png(), samples.heic(), samples.pdf()
ZIP = samples.archive()

BAD = {
    "nothing": (b"", "file-empty"),
    "text": ("Giấy khai sinh".encode(), "file-type-unknown"),
    "a single zero": (b"\0", "file-type-unknown"),
    "zip": (ZIP, "file-type-unknown"),
    "gif": (samples.image_bytes("GIF"), "file-type-unknown"),
    "bmp": (samples.image_bytes("BMP"), "file-type-unknown"),
    "webp": (samples.image_bytes("WEBP"), "file-type-unknown"),
    "tiff": (samples.image_bytes("TIFF"), "file-type-unknown"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "file-type-unknown"),
    "html": (b"<html><script>alert(1)</script></html>", "file-type-unknown"),
    "program": (b"MZ" + b"\0" * 500, "file-type-unknown"),
    "film in the box of photographs": (b"\0\0\0\x20ftypisom" + b"\0" * 100, "file-type-unknown"),
    "pdf after other bytes": (b"\n\n\n" + PDF, "file-type-unknown"),
    "jpeg signature only": (b"\xff\xd8\xff", "file-damaged"),
    "jpeg cut in half": (JPEG[: len(JPEG) // 2], "file-damaged"),
    "jpeg of noise": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "file-damaged"),
    "png signature only": (PNG[:8], "file-damaged"),
    "png cut": (PNG[:-30], "file-damaged"),
    "png without its end": (PNG[:-12], "file-damaged"),
    "png with a changed byte": (samples.changed(PNG, 60, PNG[60] ^ 255), "file-damaged"),
    "png promising pixels it lacks": (samples.png_claiming(2000, 2000), "file-damaged"),
    "png bomb": (samples.png_claiming(60_000, 60_000), "image-too-many-pixels"),
    "png just over the limit": (samples.png_claiming(8001, 8000), "image-too-many-pixels"),
    "image of few pixels": (samples.image_bytes("PNG", samples.picture(400, 60)), "image-too-small"),
    "heic signature only": (HEIC[:24], "file-damaged"),
    "heic cut": (HEIC[: len(HEIC) - 200], "file-damaged"),
    "pdf signature only": (b"%PDF-1.7\n", "file-damaged"),
    "pdf cut": (PDF[: len(PDF) // 2], "file-damaged"),
    "pdf of noise with an end": (b"%PDF-1.7\nxyz\nstartxref\n5\n%%EOF\n", "file-damaged"),
    "pdf without a page": (samples.pdf(pages=0), "file-damaged"),
    "pdf with too many pages": (samples.pdf(pages=MAX_PAGES + 1), "pdf-too-many-pages"),
    "pdf to be opened with a password": (encrypted(user="mat khau", owner="chu"), "pdf-encrypted"),
    "pdf locked by its owner": (encrypted(user="", owner="chu"), "pdf-encrypted"),
    "pdf with a script": (samples.pdf(change=samples.javascript()), "pdf-active"),
    "pdf with a packed script": (with_javascript_packed(), "pdf-active"),
    "pdf with an escaped script": (with_escaped_name(), "pdf-active"),
    "pdf with a script on a page": (with_script_on_page(), "pdf-active"),
    "pdf that launches": (samples.pdf(change=samples.link_launching), "pdf-active"),
    "pdf that sends a form": (
        samples.pdf(change=samples.opening_action(S=pikepdf.Name.SubmitForm, F=pikepdf.String("http://x"))),
        "pdf-active",
    ),
    "pdf with a file inside": (samples.pdf(change=samples.attachment), "pdf-attachment"),
    "pdf with a dynamic form": (samples.pdf(change=samples.dynamic_form), "pdf-dynamic-form"),
    "pdf that unpacks without end": (endless_object_stream(), "file-too-heavy"),
    "pdf page like a thread": (page_of_size(10, 10_000), "file-damaged"),
    "pdf and zip": (PDF + ZIP, "file-of-two-kinds"),
    "pdf and something behind": (PDF + b"\nMZ program", "file-of-two-kinds"),
    "jpeg and zip": (JPEG + ZIP, "file-of-two-kinds"),
    "jpeg and pdf": (JPEG[:20] + b"%PDF-1.7 " + JPEG[20:], "file-of-two-kinds"),
    "png and page": (PNG[:40] + b"<script>" + PNG[40:], "file-of-two-kinds"),
    "pdf and page": (PDF[:15] + b"<html><script>" + PDF[15:], "file-of-two-kinds"),
}


@pytest.mark.parametrize("label", BAD)
def test_a_bad_file_is_refused_for_its_own_reason(label: str) -> None:
    content, code = BAD[label]
    assert verdict(content) == code


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (JPEG, "image/jpeg", 1),
        (samples.image_bytes("JPEG", samples.picture(mode="L")), "image/jpeg", 1),
        (samples.image_bytes("JPEG", samples.picture().convert("CMYK")), "image/jpeg", 1),
        (samples.image_bytes("JPEG", progressive=True), "image/jpeg", 1),
        (JPEG + b"trailer a telephone adds", "image/jpeg", 1),
        (PNG, "image/png", 1),
        (samples.image_bytes("PNG", samples.picture().convert("P")), "image/png", 1),
        (samples.image_bytes("JPEG", samples.picture(8000, 6000)), "image/jpeg", 1),
        (HEIC, "image/heic", 1),
        (PDF, "application/pdf", 1),
        (samples.pdf(pages=MAX_PAGES), "application/pdf", MAX_PAGES),
        (samples.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "application/pdf", 1),
        (samples.pdf(linearize=True), "application/pdf", 1),
    ],
)
def test_a_good_file_is_recognised(content: bytes, media_type: str, pages: int) -> None:
    assert verdict(content) == f'{{"media_type": "{media_type}", "pages": {pages}}}'


def in_limits(program: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines after a process limited itself as the decoder's does."""
    prepared = "from ansinh.platform.apart import template; template.limit_process()\n"
    return subprocess.run(
        [sys.executable, "-B", "-c", prepared + program], capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_the_decoder_cannot_take_more_memory_than_its_share() -> None:
    done = in_limits("bytearray(600 * 1024 * 1024)")
    assert "MemoryError" in done.stderr


def test_the_decoder_cannot_write_a_file(tmp_path: Path) -> None:
    done = in_limits(f"open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x' * 10)")
    assert "File too large" in done.stderr
    assert (tmp_path / "x").stat().st_size == 0


def test_the_decoder_stops_after_its_share_of_processor_time() -> None:
    done = in_limits("import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 10))\nwhile True: pass")
    assert done.returncode == -signal.SIGXCPU
    assert "10" in in_limits("import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])").stdout


def test_a_file_that_is_never_finished_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict(PDF) != "file-too-heavy"
    monkeypatch.setattr("ansinh.platform.apart.workers.WALL_SECONDS", -0.9)  # a second is added
    templates = [pid for pid in children_of(os.getpid()) if "apart.template" in command_of(pid)]
    for pid in templates:
        os.kill(pid, signal.SIGSTOP)
    try:
        assert verdict(PDF) == "file-too-heavy"
    finally:
        for pid in templates:
            os.kill(pid, signal.SIGCONT)


def test_every_refusal_has_a_sentence_that_says_what_to_do() -> None:
    codes = {code for _, code in BAD.values()}
    assert codes <= set(SENTENCES)
    for code in SENTENCES:
        sentence = str(refusal(code, name="khai sinh.pdf"))
        assert "khai sinh.pdf" in sentence
        assert " Xin " in sentence
        assert "{" not in sentence


def test_one_file_at_a_time_is_read_from_its_beginning() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(PDF)
        file.flush()
        file.seek(0, io.SEEK_END)
        assert b"application/pdf" in decode(file, "inspect")
