"""Bytes of every kind: each becomes reports in order, or is set aside with a reason; nothing is held up by one of them."""

import gzip
import io
import json
import time
from pathlib import Path

import pytest

from kavass.errors import UnreadableReport, UsageError
from kavass.model import RawReport
from kavass.read import Limits, read, readers

EN = "Shots were fired at a checkpoint near the port on Monday, a police officer said."
AR = "انفجرت عبوة ناسفة قرب نقطة تفتيش عند الميناء، وأعلنت الشرطة إصابة ثلاثة أشخاص."


def one(data: bytes, **given: object) -> RawReport:
    (report,) = read(data, key="note", **given)  # type: ignore[arg-type]
    assert isinstance(report, RawReport), report
    return report


def reason(source: bytes | Path, **given: object) -> str:
    (fault,) = read(source, key=None if isinstance(source, Path) else "note", **given)  # type: ignore[arg-type]
    assert isinstance(fault, UnreadableReport), fault
    return fault.reason


def test_the_readers_of_the_contract_are_there() -> None:
    assert readers()[:6] == ("auto", "text", "html", "jsonl", "feed", "warc")


def test_an_unknown_reader_stops_the_call_at_once() -> None:
    with pytest.raises(UsageError, match="choose from auto, text"):
        read(b"x", reader="pdf")


@pytest.mark.parametrize(
    "text", [EN, AR, "Line one.\r\n\r\n  Line two.\t\n", "\u202eleft\u202c, \u200bzero\u200d and \u2067قصف\u2069."]
)
def test_plain_text_is_kept_code_point_for_code_point(text: str) -> None:
    report = one(text.encode())
    assert report.text == text
    assert report.title is None
    assert report.key == "note"


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"]
)
def test_arabic_is_read_in_every_charset_that_sites_use(charset: str) -> None:
    assert one(AR.replace("،", " ").encode(charset)).text == AR.replace("،", " ")


def test_western_accents_and_quotes_of_windows_are_read() -> None:
    text = "The café in Mosul was “closed” – señor Núñez said."
    assert one(text.encode("cp1252")).text == text


def test_a_declared_charset_that_is_wrong_does_not_spoil_the_letters() -> None:
    page = '<html><head><meta charset="{}"></head><body><h1>انفجار عند الميناء</h1><p>' + AR + "</p></body></html>"
    for declared, sent in [
        ("iso-8859-1", "cp1256"),
        ("windows-1256", "utf-8"),
        ("utf-8", "cp1256"),
        ("no-such", "cp1256"),
    ]:
        assert AR in one(page.format(declared).encode(sent)).text


def test_a_stray_byte_spoils_one_character_and_not_the_text() -> None:
    damaged = (AR * 3).encode()[:-1]
    assert one(damaged).text.startswith(AR)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x01\x02abc\x05\x06" * 90, "binary"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"... --- ...", "no words"),
        (b'{\n "text": "x"\n}', "one object per line"),
        (
            b"<html><head><script>var a = 'Shots were fired at a checkpoint on Monday';</script></head><img src=a></html>",
            "no text",
        ),
    ],
)
def test_what_holds_no_report_is_set_aside_with_the_reason(data: bytes, why: str) -> None:
    assert why in reason(data)


@pytest.mark.parametrize("reader", ["auto", "text", "html", "jsonl", "feed"])
def test_200_megabytes_of_one_line_are_refused_at_once(tmp_path: Path, reader: str) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as out:
        out.write(b"x" * 70_000)
        out.truncate(200_000_000)
    started = time.perf_counter()
    assert "bytes" in reason(file, reader=reader)
    assert time.perf_counter() - started < 5


def test_a_line_too_long_costs_only_itself() -> None:
    data = b'{"text": "' + b"x" * 5000 + b'"}\n{"id": "b", "text": "Curfew in Kirkuk."}\n'
    first, second = read(data, key="f", limits=Limits(report_bytes=1000))
    assert isinstance(first, UnreadableReport) and first.key == "f:1" and "1,000 bytes" in first.reason
    assert isinstance(second, RawReport) and second.key == "b"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "No such file" in reason(tmp_path / "none.txt")


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".hidden"):
        (tmp_path / name).write_text(f"Report {name}.")
    assert [Path(r.key).name for r in read(tmp_path)] == ["a.txt", "d.txt", "c.txt"]


def test_streams_and_compressed_files_are_read_as_they_are() -> None:
    assert [r.text for r in read(io.BytesIO(EN.encode()), key="-") if isinstance(r, RawReport)] == [EN]
    assert one(gzip.compress(EN.encode())).text == EN


def test_bombs_and_cut_archives_are_refused() -> None:
    assert "200 times" in reason(gzip.compress(b"a" * 30_000_000))
    assert "cut off" in reason(gzip.compress(EN.encode() + bytes(200) + EN.encode())[:-30], reader="text")


def test_deep_and_endless_markup_is_refused_quickly() -> None:
    started = time.perf_counter()
    assert "nests 100,000" in reason(b"<div>" * 100_000 + b"x")
    assert "tags" in reason(b"<html>" + b"<p>" * 300_000)
    assert "no JSON" in reason(b'{"text":' + b"[" * 100_000, reader="jsonl")
    assert time.perf_counter() - started < 5


def test_what_the_caller_knows_goes_with_each_report() -> None:
    report = one(EN.encode(), language="en", published="2018-09-29")
    assert report.language == "en"
    assert report.stamps == (("caller", "2018-09-29"),)


# --- jsonl -----------------------------------------------------------------------------------------------------------


def test_a_bad_line_among_a_thousand_is_set_aside_under_its_number() -> None:
    lines = [json.dumps({"id": f"r{n}", "text": f"Shot {n} was fired."}) for n in range(1, 1001)]
    lines[499] = '{"id": "r500", "text": '
    found = list(read("\n".join(lines).encode(), key="feed.jsonl"))
    assert len(found) == 1000
    bad = [r for r in found if isinstance(r, UnreadableReport)]
    assert [b.key for b in bad] == ["feed.jsonl:500"] and "no JSON" in bad[0].reason
    assert found[500].key == "r501"


def test_a_line_keeps_its_text_behind_the_title_and_what_else_it_says() -> None:
    line = {
        "text": AR,
        "title": "انفجار",
        "published": "2018-09-01",
        "uri": "x:1",
        "publisher": "وكالة",
        "language": "ar",
        "id": 7,
    }
    report = one(json.dumps(line).encode())
    assert report.text == f"انفجار\n\n{AR}"
    assert (report.key, report.title, report.uri, report.publisher, report.language) == (
        "7",
        "انفجار",
        "x:1",
        "وكالة",
        "ar",
    )
    assert report.stamps == (("caller", "2018-09-01"),)


def test_lines_that_are_no_reports_say_why() -> None:
    lines = b'{"text": 5}\n[1]\n{"id": "a"}\n\n"x"\n{"text": ""}\n'
    found = list(read(lines, key="f", reader="jsonl"))
    assert [r.key for r in found] == ["f:1", "f:2", "a", "f:5", "f:6"]
    assert all(isinstance(r, UnreadableReport) for r in found)
    assert '"text" is 5' in found[0].reason  # type: ignore[union-attr]


def test_half_a_surrogate_pair_and_nul_become_replacement_characters() -> None:
    report = one(b'{"text": "a \\ud800 shot \\u0000 fell", "title": "x \\udc00 y"}')
    assert report.text == "x \ufffd y\n\na \ufffd shot \ufffd fell"


# --- feeds -----------------------------------------------------------------------------------------------------------


def rss(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire & Co</title>{items}</channel></rss>'.encode()


def test_a_bare_ampersand_in_a_feed_loses_nothing() -> None:
    first, second = read(
        rss("<item><title>Fish & chips shop burnt</title><link>http://w.example/1?a=1&b=2</link>"
            "<description>Smith & Sons was hit & burnt.</description><pubDate>Sat, 29 Sep 2018 22:28:00 +0300</pubDate></item>"
            "<item><title>Next</title><description><![CDATA[<p>One <b>two</b> &amp; three.</p>"
            "<script>bad()</script><p>Four.</p>]]></description></item>"),
        key="f",
    )  # fmt: skip
    assert isinstance(first, RawReport) and isinstance(second, RawReport)
    assert first.text == "Fish & chips shop burnt\n\nSmith & Sons was hit & burnt."
    assert first.publisher == "Wire & Co"
    assert first.stamps == (("feed", "Sat, 29 Sep 2018 22:28:00 +0300"),)
    assert second.text == "Next\n\nOne two & three.\n\nFour."
    assert second.key == "f:2"


def test_an_atom_feed_in_arabic_is_read() -> None:
    report = one(
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>وكالة</title><entry><id>urn:1</id><title>انفجار</title>'
        f'<updated>2018-09-29T10:00:00Z</updated><content type="html">&lt;p&gt;{AR}&lt;/p&gt;</content></entry></feed>'.encode()
    )
    assert (report.key, report.language, report.text) == ("urn:1", "ar", f"انفجار\n\n{AR}")


def test_entities_of_a_feed_are_not_opened() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;">]><rss><channel><item><title>&b;</title></item>'
    assert "entities" in reason(bomb)
    assert "entities" in reason(bomb.decode().encode("utf-16"), reader="feed")


def test_a_feed_without_entries_says_so() -> None:
    assert "no entries" in reason(rss(""))


# --- warc ------------------------------------------------------------------------------------------------------------


def record(
    number: int, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: http://w.example/{number}\r\n"
        "WARC-Date: 2019-12-10T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGES = [record(n, f"<html><body><h1>Port road closed {n}</h1><p>{EN}</p></body></html>".encode()) for n in range(4)]
MEMBERS = [gzip.compress(page) for page in PAGES]


@pytest.mark.parametrize("data", [b"".join(PAGES), b"".join(MEMBERS)], ids=["plain", "members"])
def test_an_archive_gives_its_pages_in_order(data: bytes) -> None:
    found = list(read(data, key="crawl"))
    assert [r.key for r in found] == [f"crawl:{n}" for n in range(1, 5)]
    assert [r.uri for r in found if isinstance(r, RawReport)] == [f"http://w.example/{n}" for n in range(4)]
    assert all(EN in r.text for r in found if isinstance(r, RawReport))
    assert all(r.stamps == () for r in found if isinstance(r, RawReport))  # the day of the crawl is no stamp


@pytest.mark.parametrize("cut", [10, 60, len(MEMBERS[3]) // 2, len(MEMBERS[3]) - 30])
def test_a_last_member_cut_off_is_set_aside_alone(cut: int) -> None:
    found = list(read(b"".join(MEMBERS)[:-cut], key="crawl"))
    assert [isinstance(r, RawReport) for r in found] in ([True] * 3 + [False], [True] * 4 + [False])
    assert "cut off" in found[-1].reason or "damaged" in found[-1].reason  # type: ignore[union-attr]


def test_a_damaged_member_in_the_middle_costs_only_itself() -> None:
    bad = bytearray(MEMBERS[1])
    bad[60:80] = b"\xff" * 20
    for middle in (bytes(bad), MEMBERS[1][:-60]):
        found = list(read(MEMBERS[0] + middle + MEMBERS[2] + MEMBERS[3], key="crawl"))
        assert [isinstance(r, RawReport) for r in found] == [True, False, True, True], found
        assert found[1].key == "crawl:2"


def test_only_pages_that_were_answered_are_reports() -> None:
    data = (
        record(1, b"gone", status="404 Not Found")
        + record(2, b"\x89PNG", "image/png")
        + record(3, f"<h1>انفجار</h1><p>{AR}</p>".encode("cp1256"), "text/html; charset=windows-1256")
        + record(4, gzip.compress(f"<h1>Port road closed</h1><p>{EN}</p>".encode()), more="Content-Encoding: gzip\r\n")
    )
    texts = [r.text for r in read(data, key="crawl") if isinstance(r, RawReport)]
    assert len(texts) == 2
    assert AR in texts[0] and EN in texts[1]


def test_thousands_of_records_are_not_held(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(b"".join(MEMBERS) * 500)
    stream = read(file)
    assert isinstance(next(stream), RawReport)
    assert sum(1 for _ in stream) == 1999
