"""The place, time and distance of accounts: clauses by hand, so that no parser decides what is tested here."""

from __future__ import annotations

import pytest

from kavass import lang
from kavass.coding import Coded
from kavass.lang.clause import Analysis, Argument, Clause, Function, Phrase, Sentence
from kavass.lang.frames import Frame, Hit
from kavass.mark import mark
from kavass.model import Account, IncidentType, Report, Span, Status, Zone
from kavass.situate import places, situate
from make import report


class Scene:
    """A report with one clause for each sentence, its phrases and arguments given as words of the text."""

    def __init__(self, text: str, published: str | None = "2018-09-29", dateline: str | None = None):
        code = "ar" if any("\u0600" <= c <= "\u06ff" for c in text) else "en"
        start = len(dateline) + 3 if dateline else 0
        whole = f"{dateline} - {text}" if dateline else text
        zones = [Zone(start=start, end=len(whole), zone="body")]
        if dateline:
            zones.insert(0, Zone(start=0, end=len(dateline), zone="dateline"))
        self.report: Report = report(whole, language=code, published=published, zones=tuple(zones))
        self.language = lang.load(code)
        self.analysis = Analysis()
        self.accounts: list[Coded] = []

    def span(self, words: str, within: Span | None = None) -> Span:
        start = self.report.text.index(words, within.start if within else 0)
        return Span(start, start + len(words))

    def tell(
        self,
        sentence: str,
        trigger: str,
        *,
        target: str | None = None,
        arguments: tuple[tuple[Function, str], ...] = (),
        said: str | None = None,
        primary: bool = True,
        status: Status = "occurred",
        type: IncidentType = "attack",
        classes: frozenset[str] = frozenset({"facility.diplomatic"}),
    ) -> None:
        """An account; `said` is the verb of saying on which its clause hangs, with the words that belong to that verb."""
        whole = self.span(sentence)
        s = Sentence(index=len(self.analysis.sentences), span=whole, zone="body", paragraph=0)
        place = self.span(trigger, whole)
        parent = None
        if said is not None:
            parent = 0
            telling = self.span(said, whole)
            s.clauses.append(
                Clause(
                    index=0,
                    predicate=telling,
                    lemma="say",
                    span=whole,
                    arguments=(Argument(function="oblique", span=telling),),
                )
            )
        found = []
        for function, words in arguments:
            found.append(Argument(function=function, span=self.span(words, whole)))
        phrases: dict[str, tuple[Phrase, ...]] = {}
        if target is not None:
            core = self.span(target, whole)
            head = Span(core.end - len(target.split()[-1]), core.end)
            phrase = Phrase(index=0, span=core, core=core, head=head, lemma="x", classes=classes)
            s.phrases.append(phrase)
            phrases["target"] = (phrase,)
            found.append(Argument(function="object", phrase=0, span=core))
        end = whole if said is None else Span(place.start, max([place.end, *(a.span.end for a in found)]))
        clause = Clause(
            index=len(s.clauses),
            predicate=place,
            lemma="x",
            span=end,
            tense="future" if status == "announced" else "past",
            arguments=tuple(found),
            parent=parent,
            relation="content" if said else None,
        )
        s.clauses.append(clause)
        self.analysis.sentences.append(s)
        frame = Frame(yields=(("account", type),), verbs=("x",))
        hit = Hit(kind="account", value=type, frame=frame, sentence=s, clause=clause, trigger=place, roles=phrases)
        account = Account(
            id=f"acc{len(self.accounts) + 1}", type=type, primary=primary, status=status, spans=(whole,), trigger=place
        )
        self.accounts.append(Coded(account=account, hits=(hit,)))

    def situated(self) -> list[Account]:
        found = places(self.report, mark(self.report, self.language), self.language)
        hits = self.language.frames.match(self.analysis)
        accounts = [c.account for c in situate(self.report, self.analysis, hits, self.accounts, found, self.language)]
        for a in accounts:
            for span in (a.place and a.place.span, a.when and a.when.span, a.distance and a.distance.span):
                assert span is None or 0 <= span[0] < span[1] <= len(self.report.text)
        return accounts


def one(scene: Scene) -> Account:
    [account] = scene.situated()
    return account


@pytest.mark.parametrize(
    ("text", "trigger", "argument"),
    [
        (
            "Gunmen stormed a depot in the northern oil city of Kirkuk.",
            "stormed",
            "in the northern oil city of Kirkuk",
        ),
        ("اقتحم مسلحون مستودعا في مدينة كركوك شمالي العراق", "اقتحم", "في مدينة كركوك"),
    ],
)
def test_the_place_after_a_preposition_is_where_it_happened(text: str, trigger: str, argument: str) -> None:
    scene = Scene(text)
    scene.tell(text, trigger, arguments=(("oblique", argument),))
    place = one(scene).place
    assert place is not None and (place.name, place.country, place.precision) == ("Kirkuk", "IRQ", "town")
    assert place.lat is not None and place.radius_km is not None


def test_a_country_alone_has_no_point() -> None:
    scene = Scene("Gunmen stormed a depot in Iraq.")
    scene.tell("Gunmen stormed a depot in Iraq.", "stormed", arguments=(("oblique", "in Iraq"),))
    place = one(scene).place
    assert place is not None and (place.precision, place.country, place.lat, place.radius_km) == (
        "country",
        "IRQ",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "trigger", "target"),
    [
        ("Crowds torched the Iranian consulate in Basra.", "torched", "the Iranian consulate"),
        ("أحرق متظاهرون القنصلية الإيرانية في البصرة", "أحرق", "القنصلية الإيرانية"),
    ],
)
def test_a_known_site_is_found_by_its_kind_its_owner_and_its_town(text: str, trigger: str, target: str) -> None:
    scene = Scene(text)
    scene.tell(text, trigger, target=target)
    place = one(scene).place
    assert place is not None and (place.name, place.precision) == ("Iranian consulate in Basra", "site")


def test_the_consulate_named_again_is_the_one_named_before() -> None:
    text = "Staff left the Danish consulate in Basra. A raid in Mosul failed. Mortars landed near the consulate."
    scene = Scene(text)
    scene.tell("Mortars landed near the consulate.", "landed", target="the consulate")
    place = one(scene).place
    assert place is not None and "Basra" in place.name


def test_the_city_named_again_is_the_last_one_of_that_nation() -> None:
    text = "Marches went on in Basra. A parade in the city of Ahvaz was hit. Unrest in the Iraqi city grew."
    scene = Scene(text)
    scene.tell("Unrest in the Iraqi city grew.", "Unrest")
    place = one(scene).place
    assert place is not None and place.name == "Basra"


def test_demonyms_and_acting_capitals_place_nothing() -> None:
    text = "Iranian gunmen attacked a convoy, and Tehran denied it."
    scene = Scene(text)
    scene.tell(text, "attacked")
    assert one(scene).place is None


def test_the_embassy_of_a_country_is_not_in_that_country() -> None:
    text = "Crowds in Baghdad threw stones at the French embassy."
    scene = Scene(text)
    scene.tell(text, "threw", target="the French embassy", arguments=(("subject", "Crowds in Baghdad"),))
    place = one(scene).place
    assert place is not None and place.country == "IRQ"


def test_where_somebody_spoke_is_not_where_it_happened() -> None:
    text = "Officials said in Washington that gunmen attacked a convoy near Mosul."
    scene = Scene(text)
    scene.tell(text, "attacked", said="said in Washington", arguments=(("oblique", "near Mosul"),))
    place = one(scene).place
    assert place is not None and place.name == "Mosul"


def test_near_a_town_is_wider_than_in_it() -> None:
    radii = []
    for text in ("Gunmen stormed a depot in Mosul.", "Gunmen stormed a depot on the outskirts of Mosul."):
        scene = Scene(text)
        scene.tell(text, "stormed", arguments=(("oblique", text[text.index("depot ") + 6 : -1]),))
        place = one(scene).place
        assert place is not None and place.radius_km is not None
        radii.append(place.radius_km)
    assert radii[1] > radii[0] + 4


def test_a_capital_in_the_dateline_is_where_the_writer_sits() -> None:
    text = "Rebels attacked a convoy, Syrian officials said."
    scene = Scene(text, dateline="BEIRUT")
    scene.tell(text, "attacked")
    assert one(scene).place is None
    scene = Scene("Gunmen attacked a convoy, Iraqi police said.", dateline="MOSUL")
    scene.tell("Gunmen attacked a convoy, Iraqi police said.", "attacked")
    place = one(scene).place
    assert place is not None and place.name == "Mosul"


@pytest.mark.parametrize(
    ("text", "trigger", "metres", "from_"),
    [
        ("Mortars fell about 300 yards short of the gate.", "fell", 274.3, "yards"),
        ("سقطت قذائف على بعد نحو 300 متر من المبنى", "سقطت", 300.0, "متر"),
        ("Mortars landed two kilometres from the building.", "landed", 2000.0, "kilometres"),
        ("Mortars landed 1.5 km from the building.", "landed", 1500.0, "km"),
    ],
)
def test_distances_are_told_in_metres_with_what_the_words_allow(
    text: str, trigger: str, metres: float, from_: str
) -> None:
    scene = Scene(text)
    scene.tell(text, trigger)
    distance = one(scene).distance
    assert distance is not None and distance.metres == metres and distance.text.endswith(from_)
    assert distance.low < metres < distance.high


def test_a_hedged_distance_is_wider_and_a_bound_is_one_sided() -> None:
    found = []
    for words in ("300 metres", "some 300 metres", "less than 300 metres", "more than 300 metres"):
        text = f"Mortars landed {words} from the building."
        scene = Scene(text)
        scene.tell(text, "landed")
        distance = one(scene).distance
        assert distance is not None
        found.append((distance.low, distance.high))
    assert found == [(290.0, 310.0), (250.0, 350.0), (0.0, 300.0), (300.0, 400.0)]


def test_a_place_so_far_from_a_town_reaches_that_far() -> None:
    text = "Gunmen stormed a depot 40 km south of Mosul."
    scene = Scene(text)
    scene.tell(text, "stormed")
    place = one(scene).place
    assert place is not None and place.radius_km is not None and place.radius_km > 40


@pytest.mark.parametrize(
    ("text", "trigger", "start"),
    [
        ("Gunmen stormed a depot on Thursday.", "stormed", "2018-09-27"),
        ("اقتحم مسلحون مستودعا يوم الخميس", "اقتحم", "2018-09-27"),
    ],
)
def test_the_time_of_the_clause_is_the_time_of_the_account(text: str, trigger: str, start: str) -> None:
    scene = Scene(text)
    scene.tell(text, trigger)
    when = one(scene).when
    assert when is not None and (when.start, when.precision) == (start, "day")


def test_the_time_of_the_telling_is_not_the_time_of_the_deed() -> None:
    text = "Officials said on Friday that gunmen stormed a depot."
    scene = Scene(text)
    scene.tell(text, "stormed", said="said on Friday", primary=False)
    when = one(scene).when
    assert when is not None and (when.start, when.span) == (None, None)


@pytest.mark.parametrize("primary", [True, False])
def test_what_has_happened_is_no_later_than_the_report(primary: bool) -> None:
    scene = Scene("Gunmen stormed a depot.")
    scene.tell("Gunmen stormed a depot.", "stormed", primary=primary)
    when = one(scene).when
    assert when is not None and (when.start, when.end, when.precision) == (None, "2018-09-29", "unknown")


def test_what_is_still_to_come_is_no_time_of_what_has_happened() -> None:
    scene = Scene("Gunmen stormed a depot that was to open tomorrow.")
    scene.tell("Gunmen stormed a depot that was to open tomorrow.", "stormed")
    when = one(scene).when
    assert when is not None and when.start is None


def test_without_a_publication_date_nothing_relative_is_dated() -> None:
    scene = Scene("Gunmen stormed a depot on Thursday.", published=None)
    scene.tell("Gunmen stormed a depot on Thursday.", "stormed")
    assert one(scene).when is None


def test_a_weekday_still_to_come_is_the_next_one() -> None:
    scene = Scene("The council will shut the office on Monday.")
    scene.tell("The council will shut the office on Monday.", "shut", status="announced", type="closure")
    when = one(scene).when
    assert when is not None and when.start == "2018-10-01"


def test_what_came_before_another_incident_ends_with_it() -> None:
    text = "Gunmen stormed a depot on Thursday. Before the raid, they robbed a bank."
    scene = Scene(text)
    scene.tell("Gunmen stormed a depot on Thursday.", "stormed")
    scene.tell("Before the raid, they robbed a bank.", "robbed")
    raid = scene.accounts[0]
    hits = (*raid.hits, Hit(kind="account", value="attack", frame=raid.hits[0].frame, sentence=raid.hits[0].sentence,
                            clause=raid.hits[0].clause, trigger=scene.span("raid"), roles={}))  # fmt: skip
    scene.accounts[0] = Coded(account=raid.account, hits=hits)
    robbery = scene.situated()[1].when
    assert robbery is not None and (robbery.start, robbery.end) == (None, "2018-09-27")


def test_an_event_does_not_date_itself_by_what_came_before_it() -> None:
    text = "Before the raid, they robbed a bank on Tuesday."
    scene = Scene(text)
    scene.tell(text, "raid", primary=False)
    when = one(scene).when
    assert when is None or when.text != "Before the raid"


@pytest.mark.parametrize(
    ("text", "sentence", "trigger", "name"),
    [
        (
            "Sebha, 19 July: Talks went on.\nMosul (road): Gunmen stormed a depot.\nKirkuk: Nothing happened in Erbil.",
            "Gunmen stormed a depot.", "stormed", "Mosul",
        ),
        ("Troops left Kirkuk. They had come to Mosul.\nIn Erbil a shop burned. Gunmen stormed a depot.", "Gunmen stormed a depot.", "stormed", "Erbil"),
        ("هدأت كركوك\nالموصل، 19 تموز: اقتحم مسلحون مستودعا", "اقتحم مسلحون مستودعا", "اقتحم", "Mosul"),
    ],
)  # fmt: skip
def test_an_account_stands_where_its_paragraph_stands(text: str, sentence: str, trigger: str, name: str) -> None:
    scene = Scene(text)
    scene.tell(sentence, trigger)
    place = one(scene).place
    assert place is not None and place.name == name


@pytest.mark.parametrize(
    ("text", "sentence", "trigger"),
    [
        ("The Somali army met in Kismayo. Gunmen stormed a depot in the Somali capital.", "Gunmen stormed a depot in the Somali capital.", "stormed"),
        ("اجتمع الجيش الصومالي في كيسمايو. اقتحم مسلحون مستودعا في العاصمة الصومالية", "اقتحم مسلحون مستودعا في العاصمة الصومالية", "اقتحم"),
    ],
)  # fmt: skip
def test_a_capital_is_known_by_its_nation(text: str, sentence: str, trigger: str) -> None:
    scene = Scene(text)
    scene.tell(sentence, trigger)
    place = one(scene).place
    assert place is not None and (place.name, place.country) == ("Mogadishu", "SOM")


def test_a_semicolon_parts_two_reports() -> None:
    text = "Two die in Basra; Mosul depot stormed."
    scene = Scene(text)
    scene.tell(text, "stormed", target="Mosul depot")
    place = one(scene).place
    assert place is not None and place.name == "Mosul"


def test_a_place_that_somebody_is_sent_to_is_not_where_it_happened() -> None:
    text = "Staff in Khartoum were moved to Port Sudan after gunmen stormed a depot."
    scene = Scene(text)
    scene.tell(text, "stormed")
    place = one(scene).place
    assert place is not None and place.name == "Khartoum"
