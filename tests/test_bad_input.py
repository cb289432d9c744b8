"""Hostile and broken input from the outside: named, counted, exit code 1, and the rest is coded."""

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from kavass.errors import UnreadableReport
from kavass.model import to_dict
from kavass.pipeline import tell_all
from kavass.read import read

GOOD = "Gunmen shot dead two policemen in Mosul on Friday, police said."
PAGE = "<html lang=en><head><title>Two policemen shot</title></head><body><article><h1>Two policemen shot</h1><p>{}</p></article></body></html>"


def code(*inputs: Path | str) -> tuple[list[dict[str, object]], str, int]:
    """The records, what was said on stderr, the exit code. Nothing may take longer than the time-out."""
    done = subprocess.run(
        [sys.executable, "-m", "kavass.cli", "code", *map(str, inputs)], capture_output=True, timeout=60, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode(), done.returncode


def warc_record(number: int, body: str) -> bytes:
    payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2018-09-29T00:00:00Z\r\nWARC-Target-URI: https://news.example.org/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + payload + b"\r\n\r\n")


def test_each_bad_file_is_named_with_its_reason_and_the_good_one_is_coded(tmp_path: Path) -> None:
    bad: dict[str, bytes] = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "binary.txt": bytes(range(256)) * 40,
        "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 400,
        "no-text.html": b"<!doctype html><html><head><script>var a = 'Gunmen shot two in Mosul';</script></head><body><img src=a></body></html>",
        "entities.xml": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "xxxxxxxxxx">'
        + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 108))
        + b"]><rss><channel><item><title>&k;</title></item></channel></rss>",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD)
    records, said, exit_code = code(tmp_path)
    assert exit_code == 1
    assert [Path(str(r["report"]["key"])).name for r in records] == ["good.txt"]  # type: ignore[index]
    for name in bad:
        assert name in said
    assert f"1 reports coded, {len(bad)} set aside" in said


def test_200_megabytes_of_one_line_are_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "one-line.txt"
    with file.open("wb") as out:
        for _ in range(200):
            out.write(b"Gunmen shot two. " * 61_681)
    records, said, exit_code = code(file)
    assert (records, exit_code) == ([], 1)
    assert "one-line.txt" in said


def test_a_text_too_long_for_one_report_is_set_aside_rather_than_parsed_for_minutes(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join([GOOD] * 12_000))
    records, said, exit_code = code(file)
    assert (records, exit_code) == ([], 1)
    assert "long.txt" in said


def test_arabic_in_windows_1256_is_read(tmp_path: Path) -> None:
    file = tmp_path / "old.html"
    words = "قتل مسلحون مجهولون شرطيين اثنين في الموصل يوم الجمعة، بحسب ما أفاد مصدر أمني لوكالة محلية."
    file.write_bytes(
        f"<html><head><title>مقتل شرطيين</title></head><body><p>{words}</p></body></html>".encode("cp1256")
    )
    records, _, exit_code = code(file)
    assert exit_code == 0
    assert words in records[0]["report"]["text"]  # type: ignore[index]
    assert records[0]["report"]["language"] == "ar"  # type: ignore[index]


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><p>" + GOOD + "<p>More <b>unclosed <i>tags <div>",
        PAGE.format(GOOD + " <script>alert('x')</script><img src=x onerror=\"alert(1)\">"),
        PAGE.format("Gunmen shot dead two policemen in Mosul on Friday, \u202epolice\u202c said.\u200b"),
    ],
)
def test_pages_with_broken_or_hostile_markup_are_coded(tmp_path: Path, body: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(body, "utf-8")
    records, said, exit_code = code(file)
    assert exit_code == 0, said
    text = str(records[0]["report"]["text"])  # type: ignore[index]
    assert "alert" not in text and "onerror" not in text
    assert [a["type"] for a in records[0]["accounts"]] == ["shooting"]  # type: ignore[attr-defined]


def test_bidi_and_invisible_characters_stay_in_the_text(tmp_path: Path) -> None:
    file = tmp_path / "bidi.txt"
    file.write_bytes("Gunmen shot dead two \u202epolicemen\u202c in Mos\u200bul on Friday.".encode())
    records, _, _ = code(file)
    assert "\u202epolicemen\u202c in Mos\u200bul" in records[0]["report"]["text"]  # type: ignore[index]
    assert [a["type"] for a in records[0]["accounts"]] == ["shooting"]  # type: ignore[attr-defined]


def test_a_feed_with_a_bare_ampersand_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Gulf & Wire</title>'
        f"<item><title>Guards & police shot</title><link>https://w.example.org/1</link><description>{GOOD} Police & army came.</description></item>"
        "<item><title>Second</title><link>https://w.example.org/2</link><description>Nothing & nobody.</description></item></channel></rss>"
    )
    records, said, exit_code = code(file)
    assert exit_code == 0, said
    texts = [str(r["report"]["text"]) for r in records]  # type: ignore[index]
    assert len(texts) == 2 and "Police & army came" in texts[0] and "Guards & police shot" in texts[0]


def test_a_truncated_member_is_set_aside_and_the_records_before_it_are_coded(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    whole = [warc_record(n, PAGE.format(GOOD)) for n in range(4)]
    file.write_bytes(b"".join(whole[:3]) + whole[3][: len(whole[3]) // 2])
    assert sum(1 for _ in ArchiveIterator(io.BytesIO(b"".join(whole)))) == 4
    records, said, exit_code = code(file)
    assert len(records) == 3
    assert exit_code == 1 and "crawl.warc.gz" in said and "1 set aside" in said


def test_thousands_of_records_stream_in_order(tmp_path: Path) -> None:
    file = tmp_path / "many.warc.gz"
    quiet = PAGE.format(
        "The harvest festival drew farmers, cooks and musicians to the square, and the weather stayed mild for all three days."
    )
    file.write_bytes(b"".join(warc_record(n, quiet) for n in range(2000)))
    records, said, exit_code = code(file)
    assert exit_code == 0, said[-500:]
    assert [r["report"]["uri"] for r in records] == [f"https://news.example.org/{n}" for n in range(2000)]  # type: ignore[index]


DEGENERATE = {
    "opening quotes": "“" * 5000,
    "brackets": "(" * 5000,
    "one long word": "a" * 100_000,
    "one Arabic trigger": "قتل " * 5000,
    "conjunctions": "and " * 20_000,
    "digits": "1" * 50_000,
    "one English trigger": "killed, " * 8000,
    "an address": "https://a.b/" + "c" * 50_000,
    "Arabic speech": "«قال: " * 3000,
    "nested speech": "“He said “she said " * 2000,
    "initials": "U.S. " * 10_000,
    "paragraphs": "\n\n".join(["x"] * 20_000),
    "numbers": "27 28 29 30 " * 8000,
    "one incident many times": "\n\n".join([GOOD] * 1500),
    "one Arabic incident many times": "\n\n".join(["قتل مسلحون شرطيين في الموصل."] * 1500),
    "places": "Basra, Mosul, Erbil, Baghdad, " * 3000,
}


@pytest.mark.parametrize("name", DEGENERATE)
@pytest.mark.timeout(60)
def test_degenerate_texts_end(name: str) -> None:
    results = list(tell_all(read(DEGENERATE[name].encode(), key=name)))
    assert len(results) == 1
    if isinstance(results[0], UnreadableReport):
        assert "coding it failed" not in results[0].reason


# What a desk is sent besides articles: what each should still tell, as (types, words of the report that must be a trigger's).
ROUGH = {
    "all capitals": (
        "MOSUL (WIRE) - GUNMEN SHOT DEAD TWO POLICEMEN NEAR A MARKET IN MOSUL ON FRIDAY, POLICE SAID. NO GROUP CLAIMED THE ATTACK.",
        {"shooting"},
    ),
    "no capitals": ("gunmen shot dead two policemen near a market in mosul on friday, police said.", {"shooting"}),
    "no sentence": ("Mosul\nFriday\n2 policemen shot dead\ngunmen\nmarket", {"shooting"}),
    "scanner's noise": (
        "Gunmen sh0t dead tw0 po1icemen in M0sul 0n Friday . | l|| ~~ A car b0mb exp1oded. A bomb exploded in Mosul , killing three. \x0c 7 |",
        {"bombing"},
    ),
    "a table": (
        "Date | Place | Incident | Killed\n2018-09-01 | Mosul | car bomb | 3\n2018-09-02 | Basra | shooting | 1\n2018-09-03 | Kirkuk | - | -\n"
        + GOOD,
        {"shooting"},
    ),
    "a list of the dead": (
        "A bomb killed 40 people in Mosul on Friday. The dead:\n"
        + "\n".join(f"{n}. Ahmed Salim, {n + 20}, of Mosul" for n in range(1, 41)),
        {"bombing"},
    ),
    "two scripts in a line": (
        "Gunmen shot dead two policemen in Mosul (الموصل) on Friday, the agency Wakalat al-Anba (وكالة الأنباء) said.",
        {"shooting"},
    ),
    "Arabic without a stop": (
        "قتل مسلحون مجهولون شرطيين اثنين في الموصل يوم الجمعة بحسب مصدر أمني " * 3,
        {"shooting", "attack"},
    ),
    "Arabic with spread letters": (
        "قـــتـــل مسلحون مجهولون شرطيين اثنين في المــوصل يوم الجمعة.",
        {"shooting", "attack"},
    ),
}


def spans_of(value: object, key: str = "") -> list[list[int]]:
    """Every [start, end] of a record outside its report's own text."""
    if isinstance(value, dict):
        return [s for k, v in value.items() for s in spans_of(v, k)]
    if isinstance(value, list | tuple):
        if len(value) == 2 and all(isinstance(i, int) for i in value) and key not in ("at",):
            return [list(value)]
        return [s for v in value for s in spans_of(v, key)]
    return []


@pytest.mark.parametrize("name", ROUGH)
def test_rough_text_is_coded_as_far_as_it_goes(name: str) -> None:
    text, types = ROUGH[name]
    (result,) = tell_all(read(text.encode(), key=name))
    assert not isinstance(result, UnreadableReport), result
    told = to_dict(result)
    assert {a.type for a in result.accounts} & types
    for field in ("accounts", "claims", "attributions", "actors", "places"):
        for start, end in spans_of(told[field]):
            assert 0 <= start < end <= len(result.report.text)


LONG = {
    "five thousand words": "Gunmen shot dead a guard "
    + "and police said that the men who had fled the town hid near the river " * 360
    + ".",
    "five thousand Arabic words": "قتل مسلحون حارسا "
    + "وقالت الشرطة إن المسلحين الذين فروا من المدينة اختبأوا قرب النهر " * 420
    + ".",
    "one list": "The dead are " + ", ".join(f"Ahmed Salim {n}" for n in range(1500)) + ".",
    "one table": "\n".join(f"{n} | Mosul | car bomb | {n} killed | {n} wounded" for n in range(700)),
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.timeout(60)
def test_what_never_ends_ends(name: str) -> None:
    (result,) = tell_all(read(LONG[name].encode(), key=name))
    assert not isinstance(result, UnreadableReport), result
    for start, end in spans_of(to_dict(result)["accounts"]):
        assert 0 <= start < end <= len(result.report.text)
