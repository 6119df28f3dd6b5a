"""Places in Arabic, Persian, Sorani, Ukrainian, Russian and Turkish sentences, all invented, and what must not be found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.gazetteer.names import fold
from geo.model import Article
from geo.toponyms.declined import split_clitics
from geo.toponyms.find import find_mentions
from geo.toponyms.inflection import arabic_bases, cyrillic_bases, without_suffix
from geo.toponyms.tokens import tokenize

# What is found, as it is written, and the place's name in the gazetteer; nothing else may be found.
ARABIC = [
    ("قصفت الطائرات مدينة حلب صباح اليوم.", [("حلب", "Aleppo")]),
    ("وصلت قافلة مساعدات إلى دير الزور من دمشق.", [("دير الزور", "Deir ez-Zor"), ("دمشق", "Damascus")]),
    ("اندلعت اشتباكات عنيفة بحلب وحماة.", [("حلب", "Aleppo"), ("حماة", "Hama")]),
    ("نزح المدنيون من حمص إلى لبنان والأردن.", [("حمص", "Homs"), ("لبنان", "Lebanon"), ("الأردن", "Jordan")]),
    ("أعلن المتحدث أن الجيش دخل بلدة سرمين في ريف إدلب.", [("سرمين", "Sarmin"), ("إدلب", "Idlib")]),
    ("سقطت قذائف في محافظة درعا ولم يصب أحد.", [("محافظة درعا", "Daraa Governorate")]),
    ("غادر الوفد بغداد متوجها إلى طهران.", [("بغداد", "Baghdad"), ("طهران", "Tehran")]),
    ("قالت روسيا إن طائراتها لم تقصف سوريا.", [("روسيا", "Russia"), ("سوريا", "Syria")]),
    ("عاد السكان للرقة بعد خمسة أعوام.", [("لرقة", "Raqqah")]),
    ("تقع القرية شمال مدينة منبج.", [("منبج", "Manbij")]),
    ("هبطت الطائرة في بيروت وعلى متنها جرحى.", [("بيروت", "Beirut")]),
    ("اجتمع الوزراء في الرياض والدوحة.", [("الرياض", "Riyadh"), ("الدوحة", "Doha")]),
    ("قتل ثلاثة مدنيين في غارة على سوق.", []),
    ("قال محمد علي حسن إن الحصار مستمر منذ شهر.", []),
    ("وقف إطلاق النار يبدأ يوم الجمعة بعد اتفاق جديد.", []),
    ("جلس الشيخ أمام باب الدار ينتظر عودة الأطفال.", []),
    ("نیروهای ارتش به شهر حلب رسیدند.", [("حلب", "Aleppo")]),
    ("در تهران و اصفهان تظاهرات برگزار شد.", [("تهران", "Tehran"), ("اصفهان", "Isfahan")]),
    ("رئیس جمهور ایران به مسکو سفر کرد.", [("ایران", "Iran"), ("مسکو", "Moscow")]),
    ("شەڕ لە کەرکووک بەردەوامە.", [("کەرکووک", "Kirkuk")]),
]
CYRILLIC = [
    ("У Бахмуті тривають бої, повідомив речник.", [("Бахмуті", "Bakhmut")]),
    ("Росіяни обстріляли околиці Харкова та Сум.", [("Харкова", "Kharkiv"), ("Сум", "Sumy")]),
    ("Людей вивозять з Маріуполя до Запоріжжя.", [("Маріуполя", "Mariupol"), ("Запоріжжя", "Zaporizhzhia")]),
    ("Потяг із Києва прибув до Львова.", [("Києва", "Kyiv"), ("Львова", "Lviv")]),
    ("У Харківській області пролунали вибухи.", [("Харківській області", "Kharkiv Oblast")]),
    ("Ворог відступив від Авдіївки.", [("Авдіївки", "Avdiyivka")]),
    ("Бої за Часів Яр тривають другий тиждень.", [("Часів Яр", "Chasiv Yar")]),
    ("Україна і Туреччина домовилися.", [("Україна", "Ukraine"), ("Туреччина", "Turkey")]),
    ("Обстріляли місто Кривий Ріг.", [("Кривий Ріг", "Kryvyi Rih")]),
    ("Поранених доставили до Дніпра і Полтави.", [("Дніпра", "Dnipro"), ("Полтави", "Poltava")]),
    ("Речник Іваненко зустрівся з дружиною Оленою.", []),
    ("Кажуть, що допомога прийде в понеділок.", []),
    ("Войска отошли из Херсона на левый берег.", [("Херсона", "Kherson")]),
    (
        "В Донецкой области, под Авдеевкой, идут бои.",
        [("Донецкой области", "Donetsk Oblast"), ("Авдеевкой", "Avdiyivka")],
    ),
    ("Самолёт вылетел из Москвы в Дамаск.", [("Москвы", "Moscow"), ("Дамаск", "Damascus")]),
    ("Удары нанесены по Одессе и Николаеву.", [("Одессе", "Odesa"), ("Николаеву", "Mykolaiv")]),
    ("Беженцы из Алеппо добрались до Турции.", [("Алеппо", "Aleppo"), ("Турции", "Turkey")]),
    ("В Грозном и Ростове-на-Дону прошли встречи.", [("Грозном", "Grozny"), ("Ростове-на-Дону", "Rostov-on-Don")]),
    ("Полковник Иванов сказал, что потерь нет.", []),
    ("Вчера генерал Соколов приехал с женой Мариной.", []),
]
TURKISH = [
    ("Halep'te çatışmalar sürüyor.", [("Halep", "Aleppo")]),
    (
        "Türkiye İdlib'de ve Afrin'in güneyinde üs kurdu.",
        [("Türkiye", "Turkey"), ("İdlib", "Idlib"), ("Afrin", "Afrin")],
    ),
    ("Rakka'dan kaçan siviller Haseke'ye ulaştı.", [("Rakka", "Raqqah"), ("Haseke", "Hasakah")]),
    ("Suriye'nin kuzeyinde patlama oldu.", [("Suriye", "Syria")]),
    ("Heyet Ankara'dan Moskova'ya uçtu.", [("Ankara", "Ankara"), ("Moskova", "Moscow")]),
    ("Yaralılar Gaziantep'teki hastaneye kaldırıldı.", [("Gaziantep", "Gaziantep")]),
    ("Diyarbakır’da sokağa çıkma yasağı ilan edildi.", [("Diyarbakır", "Diyarbakir")]),
    ("Bağdat’ın batısında bomba patladı.", [("Bağdat", "Baghdad")]),
    ("Ukrayna ordusu geri çekildi.", [("Ukrayna", "Ukraine")]),
    ("Başkan, ateşkesin cuma günü başlayacağını söyledi.", []),
]
MIXED = [
    ("Government troops shelled the city of حلب, officials said.", [("حلب", "Aleppo")]),
    ("The mayor of Харків said that the road was open.", [("Харків", "Kharkiv")]),
]
SENTENCES = [*ARABIC, *CYRILLIC, *TURKISH, *MIXED]


@pytest.mark.parametrize(("text", "places"), SENTENCES, ids=[text[:30] for text, _ in SENTENCES])
def test_sentences(world, text: str, places: list[tuple[str, str]]) -> None:
    found = [m for m in find_mentions(Article(id="a", text=text), world) if m.role in ("place", "metonym")]
    assert [m.text for m in found] == [written for written, _ in places]
    for mention, (_, name) in zip(found, places, strict=True):
        assert text[mention.start : mention.end] == mention.text
        assert mention.location is not None
        place = world.get(mention.location.place_id)
        assert fold(name) in fold(" ".join((place.name, *place.aliases))), mention.location


BASES = [
    ("Бахмуті", "бахмут"), ("Харкова", "харків"), ("Харькове", "харьков"), ("Донецка", "донецк"), ("Маріуполя", "маріуполь"),
    ("Києва", "київ"), ("Рогу", "ріг"), ("Тернополя", "тернопіль"), ("Кременця", "кременець"), ("Городка", "городок"),
    ("Полтави", "полтава"), ("Авдіївці", "авдіївка"), ("Москвой", "москва"), ("Черкас", "черкаси"), ("Сумах", "суми"),
    ("України", "україна"), ("Сирии", "сирия"), ("Росії", "росія"), ("Рівного", "рівне"), ("Великої", "велика"),
    ("Новосілки", "новосілка"), ("Запоріжжі", "запоріжжя"), ("Грозном", "грозный"), ("области", "область"), ("Яру", "яр"),
    ("Харківській", "харківська"), ("Львові", "львів"), ("Одесі", "одеса"), ("Керчи", "керчь"), ("Херсоном", "херсон"),
    ("Празі", "прага"), ("Чернівцях", "чернівці"), ("Турцией", "турция"), ("Часового", "часовий"), ("Миколаєва", "миколаїв"),
]  # fmt: skip
CLITICS = [
    ("بحلب", (1, "حلب")),
    ("وحلب", (1, "حلب")),
    ("لحلب", (1, "حلب")),
    ("فحمص", (1, "حمص")),
    ("كدمشق", (1, "دمشق")),
    ("والرقة", (1, "الرقة")),
    ("بالرقة", (1, "الرقة")),
    ("للرقة", (1, "الرقة")),
    ("وبإدلب", (2, "إدلب")),
    ("وللرقة", (2, "الرقة")),
]
SUFFIXES = {
    "Halep'te": "Halep", "İdlib'de": "İdlib", "Afrin'in": "Afrin", "Halep’e": "Halep", "Ankara'ya": "Ankara",
    "Türkiye'nin": "Türkiye", "Azez'den": "Azez", "Rakka'nın": "Rakka", "Kobani'yi": "Kobani", "El Bab'daki": "El Bab",
    "Dar'a": "Dar'a", "Sana'a": "Sana'a", "Qal'at": "Qal'at", "Ma'in": "Ma'in", "O'Brien": "O'Brien", "Don't": "Don't",
}  # fmt: skip


@pytest.mark.parametrize(("word", "base"), BASES)
def test_cyrillic_bases(word: str, base: str) -> None:
    assert base in cyrillic_bases(word)


@pytest.mark.parametrize(("word", "base"), CLITICS)
def test_arabic_bases(word: str, base: tuple[int, str]) -> None:
    assert base in arabic_bases(word)


@pytest.mark.parametrize(("word", "base"), SUFFIXES.items())
def test_without_suffix(word: str, base: str) -> None:
    assert without_suffix(word) == base


WHOLE = [
    ("وحلب", ["و", "حلب"]),
    ("بيروت", ["بيروت"]),
    ("لبنان", ["لبنان"]),
    ("بدير الزور", ["ب", "دير", "الزور"]),
    ("بغداد وبيروت", ["بغداد", "و", "بيروت"]),
    ("وصل الوفد", ["وصل", "الوفد"]),
]


@pytest.mark.parametrize(("text", "words"), WHOLE)
def test_clitics_are_parted_from_names_only(world, text: str, words: list[str]) -> None:
    tokens = split_clitics(tokenize(text), world)
    assert [token.text for token in tokens] == words
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_a_base_form_is_told_by_its_name(world) -> None:
    (mention,) = find_mentions(Article(id="a", text="Поїзд прибув до Харкова."), world)
    assert (mention.text, mention.location.place_id) == ("Харкова", "geonames:706483")


ODD = st.text(alphabet="ßİıŒœæﬁﬀŁ́ةءؤﷲ٣ǅ ", max_size=12)
NATIVE = st.text(alphabet="حلبوادمشقكفي ةإن،.харківуБСмДонецкь'’\u200f\u0301 ", max_size=40)


@pytest.mark.parametrize("name", ["Aleppo", "حلب", "Харків", "دير الزور", "Маріуполь"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ODD, after=ODD)
def test_offsets_are_of_the_text_as_given(world, name: str, before: str, after: str) -> None:
    text = f"{before}. Troops shelled the city of {name} on Friday. {after}"
    found = [m for m in find_mentions(Article(id="a", text=text), world) if m.text == name]
    assert [m.start for m in found] == [text.index(name)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NATIVE | st.text(max_size=30))
def test_any_text_is_read(world, text: str) -> None:
    for mention in find_mentions(Article(id="a", text=text), world):
        assert text[mention.start : mention.end] == mention.text


@given(word=st.text(min_size=1, max_size=12))
def test_any_word_has_bases(word: str) -> None:
    assert word.lower() not in cyrillic_bases(word)
    assert all(word.endswith(form) or form.startswith("ا") for _, form in arabic_bases(word))
    assert word.startswith(without_suffix(word))
