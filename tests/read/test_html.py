"""Pages as sites build them: the article is found, what is around it stays out, what the page says of itself is kept."""

import pytest

from kavass.errors import UnreadableReport
from kavass.model import RawReport
from kavass.read import read

FIRST = "Gunmen opened fire on a lorry near the southern port on Monday, wounding the driver, a police officer said."
SECOND = "The lorry was carrying pipes for the water works, and its owner said that he had been threatened in July."
THIRD = (
    "No group has claimed the attack, which was the third on the road this month, according to the provincial council."
)
AWWAL = (
    "أطلق مسلحون مجهولون النار على شاحنة قرب الميناء الجنوبي يوم الاثنين ما أدى إلى إصابة السائق، بحسب ضابط في الشرطة."
)
THANI = "وكانت الشاحنة تنقل أنابيب إلى مشروع الماء، وقال صاحبها إنه تلقى تهديدات في تموز الماضي عبر الهاتف."

FULL = f"""<!doctype html><html lang="en-GB"><head><title>Lorry driver shot on port road | Delta Post</title>
<meta property="og:title" content="Lorry driver shot on port road"><meta property="og:site_name" content="Delta Post">
<link rel="canonical" href="http://delta.example/lorry">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2018-07-24T08:15:00+03:00"}}</script>
<style>p {{ color: red }}</style></head><body class="has-sidebar menu-open">
<div id="cookie-bar"><p>We use cookies to make this site better for you and to count our visitors every day.</p></div>
<header><a href="/">Delta Post</a><nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<article><h1>Lorry driver shot on port road</h1><p class="byline">By Our Reporter, 24 July 2018</p>
<figure><img src="a.jpg" onerror="steal()"><figcaption>The port road in spring.</figcaption></figure>
<p onclick="x()">{FIRST}</p><script>var text = "The script speaks";</script>
<p>{SECOND}<!-- a note --></p>
<div class="related-links"><p>Read how another driver was robbed on the same road in the year before.</p></div>
<p>{THIRD}</p><p><a href="/x">Read also: bakery burns in the old town as crowds gather</a></p></article>
<aside><h2>Most read</h2><p>Kidnapped engineer freed after ransom was paid by his family in the north.</p></aside>
<footer>Copyright Delta Post. Page generated 11 March 2020.</footer></body></html>"""


def page(markup: str) -> RawReport:
    (report,) = read(markup.encode(), key="page")
    assert isinstance(report, RawReport), report
    return report


def zone(report: RawReport, name: str) -> list[str]:
    return [report.text[z.start : z.end] for z in report.blocks if z.zone == name]


def test_the_article_is_taken_and_what_stands_around_it_is_not() -> None:
    report = page(FULL)
    paragraphs = report.text.split("\n\n")
    assert paragraphs == [
        "Lorry driver shot on port road", "By Our Reporter, 24 July 2018", "The port road in spring.", FIRST, SECOND, THIRD,
    ]  # fmt: skip


def test_what_a_page_says_of_itself_is_kept() -> None:
    report = page(FULL)
    assert (report.title, report.publisher) == ("Lorry driver shot on port road", "Delta Post")
    assert (report.language, report.uri) == ("en", "http://delta.example/lorry")
    assert report.stamps[0] == ("json-ld:datePublished", "2018-07-24T08:15:00+03:00")
    assert zone(report, "caption") == ["The port road in spring."]
    assert zone(report, "stamp") == ["By Our Reporter, 24 July 2018"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=top><a href=/>Paper</a> <a href=/w>World</a></div><div class=body>{0}<br><br>{1}</div><div>Older</div>",
        "<table><tr><td><a href=/>Home</a></td></tr><tr><td><h1>Shots on the road</h1>{0}<br/><br/>{1}</td></tr></table>",
        "<body><p>{0}<p>{1}",
        "<div class=content><span>{0}</span><div>{1}</div></div>",
        "<div id=main><section class=news-widget><p>{0}</p><p>{1}</p></section></div>",
    ],
)
@pytest.mark.parametrize("pair", [(FIRST, SECOND), (AWWAL, THANI)], ids=["en", "ar"])
def test_paragraphs_are_found_however_they_are_built(markup: str, pair: tuple[str, str]) -> None:
    paragraphs = page("<html>" + markup.format(*pair)).text.split("\n\n")
    assert [p for p in paragraphs if len(p) > 40] == list(pair)


def test_an_arabic_page_keeps_its_stamp_and_leaves_its_menu() -> None:
    report = page(
        f"""<html dir="rtl" lang="ar"><head><title>إطلاق نار على شاحنة قرب الميناء - شبكة الدلتا</title></head><body>
        <div class="menu"><a href="/">الرئيسية</a> <a href="/a">أمن</a></div><div>الثلاثاء 10 كانون الأول 2019</div>
        <h1>إطلاق نار على شاحنة قرب الميناء</h1><span class="date">نشر في: الاثنين 23 تموز 2018 11:20 ص</span>
        <p>{AWWAL}</p><p>{THANI}</p><div class="related">اقرأ أيضاً: حريق في السوق القديم</div></body></html>"""
    )
    assert report.title == "إطلاق نار على شاحنة قرب الميناء"
    assert "الرئيسية" not in report.text and "اقرأ" not in report.text and "2019" not in report.text
    assert report.text.endswith(f"{AWWAL}\n\n{THANI}")


def test_scripts_handlers_comments_and_hidden_words_never_reach_the_text() -> None:
    report = page(
        f"<div onclick='steal()'><h1 onmouseover=x>Shots on the road</h1><p>{FIRST}<script>document.write('bad')</script>"
        "<!-- secret --><noscript>enable</noscript><template>tpl</template><p style='display: none'>hidden words</p>"
        "<p hidden>also</p><svg><text>svg</text></svg></div>"
    )
    for word in ("steal", "bad", "secret", "enable", "tpl", "hidden", "also", "svg"):
        assert word not in report.text
    assert FIRST in report.text


def test_tags_that_are_never_closed_lose_no_words() -> None:
    report = page(f"<html><body><h1>Shots on the road<p>{FIRST}<p>{SECOND} <b>The end<i>")
    assert report.text == f"Shots on the road\n\n{FIRST}\n\n{SECOND} The end"


def test_an_element_named_like_a_widget_that_holds_the_article_is_believed_to_be_the_article() -> None:
    report = page(
        f"<html><body><div class='sidebar-left comments-open'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    )
    assert report.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_page_of_menus_and_scripts_is_set_aside() -> None:
    (fault,) = read(
        b"<html><body><nav><a href=x>Home</a></nav><script>var a='Shots were fired'</script></body></html>", key="p"
    )
    assert isinstance(fault, UnreadableReport) and "no text" in fault.reason
