"""The page of sent messages: truthful, filtered, safe, and readable for everyone; the process ends when it should."""

from __future__ import annotations

import http.client
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.accessibility import violations
from tests.chromium import open_browser
from tests.notifications.outside import ROOT, Outside, counterparty


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """An outside world that got two letters, one of them hostile."""
    with counterparty(tmp_path_factory.mktemp("page")) as running:
        _post(running, "lan@thu.example", "Đã có kết quả", "Kính gửi ông/bà,\n\nHồ sơ đã có kết quả.")
        _post(running, "hung@thu.example", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
        yield running


def _post(running: Outside, to: str, subject: str, text: str) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "khong-tra-loi@ansinh.localhost", to, subject
    letter["Message-ID"] = f"<{to}>"
    letter.set_content(text)
    with smtplib.SMTP("127.0.0.1", running.smtp, timeout=5) as relay:
        relay.send_message(letter)


def test_the_newest_stands_first_and_nothing_is_run(outside: Outside) -> None:
    html = outside.read("/")
    assert html.index("hung@thu.example") < html.index("lan@thu.example")
    assert "<script" not in html
    assert "&lt;img src=x" in html
    assert "(chỉ ở bản trình diễn)" in html


def test_a_part_of_the_address_filters(outside: Outside) -> None:
    html = outside.read("/?so=LAN%40")
    assert "lan@thu.example" in html
    assert "hung@thu.example" not in html
    assert "Chưa có tin nào cho “0912 000”" in outside.read("/?so=0912%20000")


def test_the_files_outlive_the_process(tmp_path: Path) -> None:
    with counterparty(tmp_path) as first:
        _post(first, "lan@thu.example", "Thư thứ nhất", "x")
    with (tmp_path / "email.jsonl").open("a") as file:
        file.write('{"id": "cut sho')
    with counterparty(tmp_path) as second:
        assert [one["subject"] for one in second.arrived("lan@")] == ["Thư thứ nhất"]


def test_the_page_is_readable_for_everyone(outside: Outside) -> None:
    with open_browser() as browser:
        for width in (360, 1280):
            page = browser.new_page(viewport={"width": width, "height": 800})
            for path in ("/", "/?so=nobody", "/ma-xac-thuc"):
                page.goto(outside.url(path))
                page.evaluate("() => document.body.offsetWidth")
                assert not (found := violations(page, rules=None)), found
                assert page.evaluate("document.documentElement.scrollWidth") == width
            page.close()


def test_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    with counterparty(tmp_path) as running:
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(5) == 0
        with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", running.page), 1):
            pass


def test_it_does_not_outlive_its_parent(tmp_path: Path) -> None:
    names = ("smtp", "sms", "smpp", "page", "timestamps", "signing")
    ports = [part for name in names for part in (f"--{name}-port", "0")]
    command = [sys.executable, "-m", "ansinh.counterparty", "--store", str(tmp_path), *ports]
    parent = (
        "import subprocess, time\n"
        f"child = subprocess.Popen({command!r}, stdout=subprocess.PIPE, text=True)\n"
        "child.stdout.readline(); print(child.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        child = int(starter.stdout.readline())
        starter.kill()
        starter.wait(5)
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the counter-party outlived its parent")


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "ansinh.counterparty", "--store", str(tmp_path), "--smtp-port", port]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Không mở được cổng")
    assert ended.stderr.count("\n") == 1


def _runs(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_time_stamp_authority_is_put_out_of_order_on_the_page(tmp_path: Path) -> None:
    with counterparty(tmp_path, "--authority", str(tmp_path)) as running:
        assert "Bây giờ: <b>Trả lời ngay</b>" in running.read("/")
        wrong_request = answered(running.timestamps, b"no request")
        assert wrong_request == (200, "application/timestamp-reply")
        posted = Request(running.url("/dau-thoi-gian"), data=b"cach=down", method="POST")
        with build_opener(ProxyHandler({})).open(posted, timeout=10) as answer:
            assert "Bây giờ: <b>Ngừng hoạt động</b>" in answer.read().decode()
        assert answered(running.timestamps, b"no request")[0] == 503
        nonsense = Request(running.url("/dau-thoi-gian"), data=b"cach=angry", method="POST")
        with pytest.raises(HTTPError) as refused:
            build_opener(ProxyHandler({})).open(nonsense, timeout=10)
        assert refused.value.code == 400
        refused.value.close()


def answered(port: int, body: bytes) -> tuple[int, str]:
    """Status and type of what the authority answers to these bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/", body)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers["Content-Type"]
