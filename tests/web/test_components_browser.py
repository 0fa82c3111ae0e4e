"""Every component in every state, in a real browser under the real policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.accessibility import violations
from tests.web.gallery_site import contexts

WIDTHS = (320, 360, 768, 1280)
AXE_WIDTHS = {360, 1280}
PAGES = ["desk", "desk-empty", "dossier", "dossier-late", "fields", "fields-empty", "fields-wrong", "public"]
SMALL_TARGETS = """[...document.querySelectorAll('a,button,input,select,summary')].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width && box.height && (box.width < 24 || box.height < 24)
    && getComputedStyle(element).display !== 'inline' && !element.closest('.pick, .vh, .skip');
}).map(element => element.outerHTML)"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test on any message of the console: the policy speaks there."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def test_the_list_of_pages_is_the_whole_gallery() -> None:
    assert sorted(contexts()) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(gallery: str, page: Page, name: str) -> None:
    page.goto(f"{gallery}/{name}")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) == 0, width
        assert page.evaluate(SMALL_TARGETS) == [], width
        if width not in AXE_WIDTHS:
            continue
        assert not (found := violations(page)), f"{width}: {found}"


@pytest.mark.parametrize("name", PAGES)
def test_big_letters_and_english_fit_the_smallest_telephone(gallery: str, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{gallery}/{name}?chu=to")
    page.goto(f"{gallery}/{name}?lang=en")
    assert page.url == f"{gallery}/{name}"
    assert page.evaluate("document.documentElement.className + document.documentElement.lang") == "bigen"
    assert page.evaluate(OVERFLOW) == 0


def test_axe_does_see_what_is_wrong(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/fields")
    page.evaluate("document.querySelector('label').remove()")
    assert violations(page)


def test_axe_sees_a_pale_text_also_on_a_page_it_knows(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/public")
    assert not violations(page)
    page.evaluate("document.querySelectorAll('p').forEach(one => { one.style.color = '#aaa' })")
    for _ in range(2):  # what was wrong once is looked at again
        assert "color-contrast" in violations(page)


def test_a_first_visit_is_under_100_kb(gallery: str, page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{gallery}/public", wait_until="networkidle")
    sent = {answer.url.rsplit("/", 1)[1]: len(answer.body()) for answer in answers}
    wire = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
    assert all(answer.status == 200 for answer in answers)
    assert wire < 100_000, sent


def test_digits_are_equally_wide(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/public", wait_until="networkidle")
    widths = page.evaluate("""async () => {
      const widths = [];
      for (const weight of [400, 600]) {
        const line = document.createElement('span');
        line.style.cssText = 'position:absolute;white-space:nowrap';
        document.body.append(line);
        line.style.fontWeight = weight;
        for (const digit of '0123456789') {
          line.textContent = digit.repeat(10);
          widths.push(line.getBoundingClientRect().width);
        }
        if (!(await document.fonts.load(weight + ' 18px "An Sinh Digits"', '0')).length) widths.push('not loaded');
        line.remove();
      }
      return [...new Set(widths)];
    }""")
    assert len(widths) == 1


def test_a_changed_answer_is_saved_and_opens_what_depends_on_it(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/fields")
    with page.expect_request("**/luu") as sent:
        page.check("text=Tiền mặt tại cơ quan BHXH >> nth=0")
    assert sent.value.post_data is not None
    assert "payment=cash" in sent.value.post_data
    assert "_changed=payment" in sent.value.post_data
    page.wait_for_selector("#opened")
    assert page.inner_text("[data-saved] span") == "Đã lưu payment."
    assert page.evaluate("document.activeElement.id") == "payment=cash"


def test_a_corrected_field_is_freed_and_a_wrong_one_keeps_its_error(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/fields-wrong")
    page.fill("#phone", "0900 000 001")
    page.press("#phone", "Tab")
    page.wait_for_selector("[id='phone:error']", state="detached")
    assert page.get_attribute("#phone", "aria-invalid") is None
    page.fill("#salary", "12x")
    page.press("#salary", "Tab")
    page.wait_for_selector("text=Vẫn sai.")
    assert page.inner_text("[id='salary:error']").endswith("Vẫn sai.")
    assert page.get_attribute("#salary", "aria-invalid") == "true"


def test_a_date_sends_its_three_parts_and_a_pasted_one_is_spread(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/fields")
    with page.expect_request("**/luu") as sent:
        page.evaluate("""() => {
          const box = document.getElementById('children[0].date_of_birth'), data = new DataTransfer();
          data.setData('text', '04/05/2026');
          box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""")
    body = sent.value.post_data or ""
    assert "date_of_birth.day=04" in body
    assert "date_of_birth.year=2026" in body
    assert "_changed=children%5B0%5D.date_of_birth&" not in body
    assert body.endswith("_changed=children%5B0%5D.date_of_birth")


def test_a_lost_connection_is_said_and_tried_again(gallery: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{gallery}/fields")
    context.set_offline(True)
    page.fill("#phone", "0900 000 001")
    page.press("#phone", "Tab")
    page.wait_for_selector("[data-unsaved]:not([hidden])")
    assert "mất mạng" in page.inner_text("[data-unsaved]")
    context.set_offline(False)
    page.wait_for_selector("[data-unsaved]", state="hidden")
    assert page.inner_text("[data-saved] span") == "Đã lưu phone."
    context.close()


def test_the_error_summary_has_the_focus_and_leads_to_each_control(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/fields-wrong")
    page.wait_for_function("document.activeElement.id === 'problems'")
    targets = page.evaluate("""[...document.querySelectorAll('#problems a')].map(link =>
      document.getElementById(decodeURIComponent(link.hash.slice(1)))?.tagName ?? link.hash)""")
    assert set(targets) <= {"INPUT", "SELECT", "TEXTAREA", "DIV"}
    page.click("text=31/04/2026 không có trong lịch >> nth=0")
    assert page.evaluate("document.activeElement.name") == "children[0].date_of_birth.day"


def test_a_long_list_is_filtered_without_diacritics(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/fields")
    page.fill("input.filter >> nth=0", "da nang")
    assert page.eval_on_selector("[id='address.province']", "list => list.value") == "48"
    page.fill("input.filter >> nth=0", "")
    assert page.eval_on_selector("[id='address.province']", "list => list.options.length") == 3


def test_the_desk_is_driven_by_keys(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/desk")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    assert page.inner_text("[data-count]") == "2"
    assert page.inner_text("[data-batch] .go") == "Trình kiểm soát 2 hồ sơ"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "head-search"
    page.keyboard.type("x")
    assert page.inner_text("[data-count]") == "2"


def test_shortcuts_are_listed_and_can_be_switched_off(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/desk")
    page.keyboard.press("?")
    page.check("#no-keys")
    page.reload()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "head-search"
    assert page.is_checked("#no-keys", timeout=1000)


def test_a_pressed_button_says_so_and_a_second_press_sends_nothing(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/desk")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/trinh", lambda route: None)
    label = page.evaluate("""() => {
      const button = document.querySelector('[data-batch] .go');
      button.click(); button.click();
      return button.textContent + button.getAttribute('aria-busy');
    }""")
    assert label == "Đang gửi…true"
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_pages_are_whole_without_javascript(gallery: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery}/desk")
    assert page.is_visible("[data-batch]")
    page.goto(f"{gallery}/fields")
    assert page.is_visible("text=Thêm một con")
    assert page.is_visible("[data-upload-button]")
    assert page.locator("input.filter").count() == 0
    context.close()
