"""The screens over a real store: both languages, hostile news, filters in the address, signed changes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kavass import pipeline
from kavass.desk import Desk
from kavass.settings import Settings
from kavass.web import wording
from kavass.web.app import create

HOSTILE = (
    'BASRA — Gunmen shot dead two guards <script>alert("x")</script> in Basra on Friday, <img src=x onerror=alert(1)> police said. '
    "The attackers \u202efled\u202c towards <b>Zubair</b>."
)


@pytest.fixture
def client(demo: Desk) -> Iterator[TestClient]:
    with TestClient(create(demo, Settings()), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    """A desk of its own, with one hostile report, that a test may change."""
    with Desk(f"sqlite:///{tmp_path / 'own.db'}") as desk:
        again = HOSTILE.replace("two guards", "three guards")
        desk.ingest([pipeline.tell_text(HOSTILE, published="2018-09-29", key="=hostile"),
                     pipeline.tell_text(again, published="2018-09-29", key="again")])  # fmt: skip
        with TestClient(create(desk, Settings()), base_url="http://localhost") as client:
            yield client


def hrefs(body: str, start: str) -> list[str]:
    return re.findall(rf'href="({start}[^"?#]*)', body)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_screen_answers_in_both_languages(client: TestClient, lang: str) -> None:
    seen = set()
    todo = ["/", "/incidents", "/queue", "/posts", "/reports", "/log"]
    for start in ("/incidents/", "/posts/", "/reports/"):
        todo += hrefs(client.get(start.rstrip("/")).text, start)[:4]
    for path in todo:
        answer = client.get(path, params={"lang": lang})
        assert answer.status_code == 200, path
        assert f'lang="{lang}"' in answer.text and f'dir="{wording.load(lang).direction}"' in answer.text
        assert "{{" not in answer.text and "Undefined" not in answer.text
        seen.add(path)
    assert len(seen) >= 14


def test_both_languages_have_the_same_words_with_the_same_values() -> None:
    en, ar = wording.load("en"), wording.load("ar")
    assert en.known() == ar.known()
    holes = re.compile(r"{(\w+)}")
    for key in en.known():
        assert sorted(holes.findall(en._table[key])) == sorted(holes.findall(ar._table[key])), key


def test_language_is_remembered_and_can_be_changed(client: TestClient) -> None:
    assert 'lang="ar"' in client.get("/?lang=ar").text
    assert 'lang="ar"' in client.get("/").text
    assert 'lang="en"' in client.get("/?lang=en").text


def test_scripts_in_news_are_shown_as_words(own: TestClient) -> None:
    for path in (
        "/reports",
        "/incidents",
        *hrefs(own.get("/reports").text, "/reports/"),
        *hrefs(own.get("/incidents").text, "/incidents/"),
    ):
        body = own.get(path).text
        assert "<script>alert" not in body and "<img src=x" not in body, path
    report = own.get(hrefs(own.get("/reports").text, "/reports/")[0]).text
    assert "&lt;script&gt;alert" in report


def test_bidi_overrides_are_neutral_on_screen_and_kept_in_the_record(own: TestClient) -> None:
    path = hrefs(own.get("/reports").text, "/reports/")[0]
    assert "\u202e" not in own.get(path).text
    assert "\u202e" in own.get(f"/api{path}").json()["report"]["text"]


def test_every_page_forbids_foreign_scripts(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy


def test_no_page_refers_to_another_host(client: TestClient) -> None:
    body = client.get("/").text + client.get("/incidents").text
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', body) == []


def test_filters_live_in_the_address_and_hidden_ones_are_counted(client: TestClient) -> None:
    everything = client.get("/api/incidents").json()
    arson = client.get("/api/incidents?type=arson").json()
    assert 0 < len(arson["incidents"]) < len(everything["incidents"])
    assert {i["type"] for i in arson["incidents"]} == {"arson"}
    assert arson["hidden"] == everything["total"] + everything["hidden"] - arson["total"]
    assert "hidden by filters" in client.get("/incidents?type=arson&lang=en").text


@pytest.mark.parametrize(
    ("path", "code"),
    [("/incidents/nothing", 404), ("/posts/nothing", 404), ("/reports/nothing", 404), ("/nowhere", 404), ("/incidents?type=tea", 400),
     ("/incidents?as_of=soon", 400), ("/incidents?since=never", 400), ("/incidents?order=random", 400), ("/incidents?status=x", 400)],
)  # fmt: skip
def test_bad_addresses_get_a_sentence_and_no_trace(client: TestClient, path: str, code: int) -> None:
    answer = client.get(path)
    assert answer.status_code == code
    assert "Traceback" not in answer.text and "<h1>" in answer.text
    answer = client.get("/api" + path)
    assert answer.status_code == code and answer.json()["error"]


def test_as_of_before_the_first_report_is_empty_and_says_so(client: TestClient) -> None:
    assert client.get("/api/incidents?as_of=2001-01-01").json()["incidents"] == []
    page = client.get("/incidents?as_of=2001-01-01&lang=en").text
    assert "As of" in page and "No incident passes" in page


def test_changes_are_signed(own: TestClient) -> None:
    view = own.get(hrefs(own.get("/incidents").text, "/incidents/")[0].replace("/incidents", "/api/incidents")).json()
    ref = view["accounts"][0]["ref"]
    form = {"account": f"{ref['report']}:{ref['account']}", "by": "  "}
    assert own.post(f"/incidents/{view['incident']['id']}/split", data=form).status_code == 400


def test_split_takes_an_account_out_and_is_logged(own: TestClient) -> None:
    views = [own.get("/api" + p).json() for p in hrefs(own.get("/incidents").text, "/incidents/")]
    both = next((v for v in views if len(v["accounts"]) == 2), None)
    assert both, "the two accounts of one shooting stand together"
    ref = both["accounts"][0]["ref"]
    form = {"account": f"{ref['report']}:{ref['account']}", "by": "A. Reader", "why": "different streets"}
    assert own.post(f"/incidents/{both['incident']['id']}/split", data=form, follow_redirects=True).status_code == 200
    after = [len(i["accounts"]) for i in own.get("/api/incidents").json()["incidents"]]
    assert 2 not in after
    assert "A. Reader" in own.get("/log").text


def test_posts_from_another_site_are_refused(own: TestClient) -> None:
    answer = own.post(
        "/queue",
        data={"left": "a", "right": "b", "verdict": "same", "by": "x"},
        headers={"origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_geojson_has_no_invented_coordinates(client: TestClient) -> None:
    features = client.get("/api/publish/geojson").json()["features"]
    listed = client.get("/api/incidents").json()
    assert len(features) >= listed["total"]
    assert sum(f["geometry"] is None for f in features) >= listed["unlocated"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8118", "127.0.0.1.evil.example"])
def test_a_page_that_rebinds_its_name_to_loopback_is_refused(client: TestClient, host: str) -> None:
    headers = {"host": host, "origin": f"http://{host}"}
    assert client.get("/", headers=headers).status_code == 400
    assert (
        client.post(
            "/queue", data={"left": "a", "right": "b", "verdict": "same", "by": "x"}, headers=headers
        ).status_code
        == 400
    )


def test_a_path_with_two_slashes_leads_nowhere_else(client: TestClient) -> None:
    assert 'href="//' not in client.get("//evil.example/x").text


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/incidents?as_of=0001-01-01T00:00:00%2B14:00"), ("GET", "/api/incidents?limit=-1"), ("GET", "/api/incidents?offset=-5"),
     ("POST", "/queue/99999999999999999999/undo"), ("GET", "/api/publish/pigeon")],
)  # fmt: skip
def test_values_out_of_range_are_refused(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path, data={"by": "x"} if method == "POST" else None).status_code == 400


@pytest.mark.parametrize(
    ("kind", "media"),
    [
        ("csv", "text/csv"),
        ("geojson", "application/geo+json"),
        ("atom", "application/atom+xml"),
        ("ics", "text/calendar"),
    ],
)
def test_downloads_say_what_they_are(client: TestClient, kind: str, media: str) -> None:
    answer = client.get(f"/api/publish/{kind}?lang=ar")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(media)
    assert f"kavass-{kind}." in answer.headers["content-disposition"]


@pytest.mark.parametrize(("lang", "words"), [("en", "Iranian consulate"), ("ar", "القنصلية الإيرانية")])
def test_a_role_is_shown_in_the_words_of_the_readers_language(client: TestClient, lang: str, words: str) -> None:
    listed = client.get("/api/incidents", params={"every": "true"}).json()["incidents"]
    burnt = max((i for i in listed if i["type"] == "arson"), key=lambda i: len(i["accounts"]))
    body = client.get(f"/incidents/{burnt['id']}", params={"lang": lang}).text
    row = next(
        r
        for r in re.findall(r"<tr>(.*?)</tr>", body, re.S)
        if f"<td>{wording.load(lang).name('field', 'target')}</td>" in r
    )
    cell = re.findall(r"<td>(.*?)</td>", row, re.S)[1]
    assert cell.index(words) < len(cell) and (burnt["best"]["target"] in cell)
    assert cell.strip().startswith(f"<bdi>{words}")
