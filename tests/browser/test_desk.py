"""The desk in a real browser: nothing fetched from elsewhere, the map drawn, both directions, no script from the news."""

import threading
from collections.abc import Iterator

import pytest
import uvicorn

from kavass.desk import Desk
from kavass.settings import Settings
from kavass.web.app import create

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(demo: Desk) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create(demo, Settings()), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield opened
        opened.close()


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_map_is_drawn_from_bundled_data_alone(browser: object, address: str, lang: str, direction: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/incidents?lang={lang}")
    page.wait_for_selector("#map[data-drawn=yes]")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert faults == []
    assert page.locator("html").get_attribute("dir") == direction
    assert page.locator("#map").get_attribute("dir") == "ltr"
    assert page.locator("#map .marker").count() >= 3
    assert page.locator("#map svg path").count() > 100
    page.close()


def test_a_filter_keeps_its_state_in_the_address(browser: object, address: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{address}/incidents?lang=en")
    before = page.locator("tbody tr").count()
    page.select_option("select[name=type]", "arson")
    page.click("form.filters button")
    assert "type=arson" in page.url
    assert 0 < page.locator("tbody tr").count() < before
    page.reload()
    assert page.locator("select[name=type]").input_value() == "arson"
    page.close()


def test_keyboard_reaches_the_content_first(browser: object, address: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{address}/?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_page_scrolls_sideways_on_a_narrow_screen(browser: object, address: str, lang: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})  # type: ignore[attr-defined]
    for path in ("/", "/incidents", "/posts", "/reports"):
        page.goto(f"{address}{path}?lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), path
    page.close()


def test_incident_page_highlights_words_of_the_report(browser: object, address: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{address}/incidents?lang=en")
    page.click("tbody tr td a")
    assert page.locator("blockquote mark.what").count() >= 1
    assert page.locator("#ledger").count() == 1
    page.close()
