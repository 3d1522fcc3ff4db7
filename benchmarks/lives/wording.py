"""What made-up tables are called and what is said at them: places that are nowhere, common names, usual words.

A text may have `{name}` (the place), `{of}` (the place in the genitive), `{p1}` (a person) or `{t1}` (the title of a
theme) in it: so the same life can be told of another place.
"""

import random
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple


class Place(NamedTuple):
    """Somewhere a table is: its name and genitive, and the language of its people."""

    name: str
    of: str
    language: str

    @property
    def slug(self) -> str:
        """Its name in small plain letters."""
        return self.name.lower().translate(str.maketrans("äöå ", "aoa-"))


def places(language: str, rng: random.Random) -> Iterator[Place]:
    """Every place of a language once, in an order by chance."""
    firsts, seconds, sides = _PARTS[language]
    every = list(product(sides.split("|"), firsts.split(), seconds.split()))
    rng.shuffle(every)
    for side, first, second in every:
        name, _, of = second.partition("/")
        yield Place(side + first + name, side + first + of, language)


def names_at(place: Place, people: int, themes: int, rng: random.Random) -> Mapping[str, str]:
    """What stands for each of the signs in a text about that place."""
    firsts, lasts = (each.split() for each in _PEOPLE[place.language])
    known = {"name": place.name, "of": place.of, "slug": place.slug}
    known |= {f"p{nth}": f"{rng.choice(firsts)} {rng.choice(lasts)}" for nth in range(1, people + 1)}
    titles = rng.sample(TITLES[place.language], themes)
    return known | {f"t{nth}": title for nth, title in enumerate(titles, start=1)}


_PARTS: Mapping[str, tuple[str, str, str]] = {
    "fi": (
        "Koivu Haapa Kuusi Mänty Leppä Pihlaja Tuomi Kataja Paju Saarni Vaahtera Karhu Susi Hirvi Kettu Jänis Kurki"
        " Joutsen Hauki Ahven Särki Lohi Kivi Kallio Hiekka Savi Musta Valkea Puna Uusi Vanha Iso Pikku Pitkä Syvä"
        " Kirkko Kappeli Mylly Paja Saha Silta Nuotta Heinä Kaura Ruis Ohra Humala Hella",
        "niemi/niemen lahti/lahden mäki/mäen järvi/järven joki/joen kylä/kylän ranta/rannan salmi/salmen"
        " koski/kosken saari/saaren vaara/vaaran pelto/pellon kangas/kankaan harju/harjun luoto/luodon lampi/lammen"
        " korpi/korven suo/suon perä/perän pohja/pohjan",
        "|Itä-|Länsi-|Pohjois-|Etelä-|Ylä-|Ala-|Keski-",
    ),
    "sv": (
        "Björk Ek Ask Al Hassel Lind Gran Tall Varg Björn Älg Räv Trane Svan Gädd Kvarn Kyrk Smed Sand Sten Ny Gammel"
        " Stor Lill",
        "by/bys näs/näs vik/viks holm/holms sund/sunds backa/backas böle/böles ås/ås strand/strands fors/fors"
        " mark/marks torp/torps",
        "|Norra |Södra |Västra |Östra ",
    ),
}
"""First parts, second parts with their genitives, and sides, by language."""

_PEOPLE: Mapping[str, tuple[str, str]] = {
    "fi": (
        "Aino Anna Anneli Eeva Eila Helena Irja Johanna Kaarina Kerttu Leena Liisa Maija Marja Minna Päivi Raija Ritva"
        " Sirkka Tuula Ville Antti Eero Esko Hannu Heikki Jari Juha Kalevi Kari Lauri Matti Mikko Olavi Pekka Reijo"
        " Seppo Tapio Timo Väinö",
        "Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Lehtinen"
        " Saarinen Salminen Heinonen Niemi Heikkilä Kinnunen Salonen Turunen Salo Laitinen Tuominen Rantanen"
        " Karjalainen Jokinen Mattila Savolainen Lahtinen Ahonen Leppänen Väisänen Räsänen Hyvönen Määttä",
    ),
    "sv": (
        "Anna Birgitta Carita Gunilla Gun-Britt Ingrid Karin Lena Maria Märta Solveig Ulla Anders Bengt Bo Christer"
        " Göran Hans Håkan Kjell Lars Nils Ralf Åke",
        "Johansson Nyman Lindholm Karlsson Andersson Eriksson Lindström Lindroos Sjöberg Sundström Öhman Åberg Nyberg"
        " Holmström Söderholm Grönroos Björklund Bäckman Sjöström Westerlund",
    ),
}
"""Common first and last names, by language."""

PARTIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fi": (
        ("{of} kunta", "municipality"),
        ("{of} kyläyhdistys", "village"),
        ("{of} seurakunta", "parish"),
        ("{of} eläkkeensaajat ry", "association"),
        ("{of} koulu", "education"),
        ("{of} 4H-yhdistys", "association"),
        ("{of} Leipä Oy", "company"),
        ("{of} sydänyhdistys", "association"),
        ("{of} hyvinvointiasema", "wellbeing_county"),
        ("{of} asukkaat", "residents"),
        ("{of} vanhusneuvosto", "municipality"),
        ("{of} urheilijat ry", "association"),
    ),
    "sv": (
        ("{of} kommun", "municipality"),
        ("{of} byaförening", "village"),
        ("{of} församling", "parish"),
        ("{of} pensionärer rf", "association"),
        ("{of} skola", "education"),
        ("{of} 4H-förening", "association"),
        ("{of} Bageri Ab", "company"),
        ("{of} hjärtförening", "association"),
        ("{of} hälsostation", "wellbeing_county"),
        ("{of} invånare", "residents"),
        ("{of} äldreråd", "municipality"),
        ("{of} idrottare rf", "association"),
    ),
}
"""Who may sit at a table, and the sector of each; the first five always do."""

TITLES: Mapping[str, tuple[str, ...]] = {
    "fi": (
        *("Yksinäisyys ja ikäihmisten hyvinvointi", "Kahvia ja kohtaamisia", "Soppaa ja seurustelua"),
        *(
            "Painettu tiedote joka kotiin",
            "Tilat yhdistysten käyttöön",
            "Kyydit kirkonkylälle",
            "Kyläkuulutus verkkoon",
        ),
        *("Miten vahvistamme kyliä kunnan elinvoiman osana?", "Järjestöystävällinen kunta", "Nuorten oma paikka"),
        *("Matalan kynnyksen kohtaamispaikka", "Palvelujen saavutettavuus", "Vapaaehtoistoiminnan tuki", "Joulupolku"),
        *("Elämänkaarijuhla", "Terveysaseman tulevaisuus", "Avustusten yhteinen haku", "Digineuvontaa kylille"),
        *("Uimarannan kunnostus", "Ystäväkirja juhlavuodeksi", "Kulttuuriluotsit", "Lasten harrastukset kylillä"),
        *("Kylätalon lämmitys", "Uusien asukkaiden vastaanotto", "Hävikkiruoka jakoon", "Kevyen liikenteen väylä"),
        *("Talviliikunnan paikat", "Varautuminen sähkökatkoihin", "Omaishoitajien vapaat", "Luontopolun opasteet"),
    ),
    "sv": (
        *("Ensamhet och äldres välfärd", "Kaffe och möten", "Ett tryckt blad till varje hem", "Byarnas skjutsar"),
        *("Lokaler för föreningarna", "De ungas eget ställe", "En mötesplats med låg tröskel", "Simstranden i skick"),
        *("Stöd för frivilliga", "Hälsostationens framtid", "Gemensam ansökan om bidrag", "Digitalt stöd i byarna"),
        *("Nya invånare välkomnas", "Julstigen", "Beredskap för elavbrott", "Närståendevårdares ledigheter"),
        *("Barnens hobbyer i byarna", "Byahusets uppvärmning", "Matsvinn som delas ut", "Gång- och cykelväg"),
        *("Naturstigens skyltar", "Vintermotion för alla", "Vänbok till jubileet", "Föreningsvänlig kommun"),
    ),
}
"""What themes are about; many are of real tables."""

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fi": {
        "table": ("{of} kumppanuuspöytä",),
        "project": ("Kehitytään kimpassa, {name}",),
        "body": ("kunnanhallitus", "Inno-ryhmä", "hyvinvointilautakunta"),
        "why": ("Kunta ei pysty siihen yksin, eivätkä yhdistyksetkään.", "Tieto on kylillä, raha muualla."),
        "goal": (
            "Kukaan ei jää yksin, ja jokainen tietää mihin tulla.",
            "Kylillä on oma ääni, kun asiaa valmistellaan.",
        ),
        "place": ("{of} kirjasto", "{of} kylätalo", "Seurakuntatalo", "Kunnantalon valtuustosali"),
        "item": (
            "Kyydit kirkonkylälle",
            "Tilojen varaaminen",
            "Tiedottaminen kylille",
            "Syksyn tapahtuma",
            "Talkooapu",
        ),
        "agreed": ("Kokeillaan syksyn ajan ja katsotaan sitten.", "Pyydetään kunnalta tilaa ja hoidetaan loput itse."),
        "what": (
            "Kootaan kyytirinki",
            "Kysytään tilaa koululta",
            "Tehdään tiedote",
            "Haetaan avustusta",
            "Etsitään vetäjä",
        ),
        "done": (
            "Kyytirinki ajaa joka tiistai.",
            "Tila saatiin, avain on kirjastossa.",
            "Tiedote jaettiin joka kotiin.",
        ),
        "waits": ("ELY-keskus", "tekninen lautakunta", "hyvinvointialue"),
        "result": ("Kyytirinki", "Kohtaamispaikka", "Joka kotiin jaettava tiedote", "Yhteinen tapahtuma"),
        "evidence": ("Kävijöitä on viikossa parikymmentä.", "Siitä kerrottiin paikallislehdessä."),
        "evaluation": ("Kolme tapaamista riitti, ja kaikki tekivät osansa.", "Aikaa meni enemmän kuin luultiin."),
        "why_not": ("Kunta hoitaa tämän jo itse.", "Asia kuuluu toiselle pöydälle.", "Tähän ei ole tekijöitä."),
        "prepare": ("Kuka tätä on pyytänyt, ja mitä se maksaisi?",),
        "stops": ("Rahoitusta ei saatu.", "Hanke päättyi, eikä jatkajaa löytynyt.", "Osallistujat vähenivät."),
        "rests": ("Odotetaan uutta strategiaa.", "Korona-aika: palataan kun voidaan tavata."),
        "called_off": ("Liian moni oli estynyt.", "Alustaja sairastui."),
        "moves": ("Päällekkäin kunnanvaltuuston kanssa.",),
        "longer": ("Kolme kertaa ei riittänyt.",),
        "again": ("Asia nousi uudestaan kylien illassa.",),
        "memo": ("Keskusteltiin ja sovittiin jatkosta.", "Kuultiin kaikki. Sovitut asiat ovat alla."),
        "objects": ("Yhdistysten kanta jäi pois.",),
        "no_work": ("Kuultiin alustus, töitä ei jaettu.",),
        "later": ("Tekijä oli lomalla.",),
        "refuses": ("Meillä ei ole tähän väkeä.",),
        "another": ("Toinen yhdistys otti tehtävän.",),
        "rule": ("Täällä kokoonnutaan pitkään.",),
        "seat_empty": ("Paikka on täyttämättä, mutta asiat eivät odota.",),
        "over": ("Kiinnostus hiipui hankkeen loputtua.",),
        "new_convener": ("Edellinen siirtyi muihin tehtäviin.",),
    },
    "sv": {
        "table": ("{of} partnerskapsbord",),
        "project": ("Vi utvecklas tillsammans, {name}",),
        "body": ("kommunstyrelsen", "välfärdsnämnden"),
        "why": ("Kommunen klarar det inte ensam, och inte föreningarna heller.",),
        "goal": ("Ingen är ensam, och alla vet vart de kan komma.",),
        "place": ("{of} bibliotek", "{of} byagård", "Församlingshemmet"),
        "item": ("Skjutsar till kyrkbyn", "Bokning av lokaler", "Information till byarna", "Höstens evenemang"),
        "agreed": ("Vi prövar hösten ut och ser sedan.", "Vi ber kommunen om en lokal och sköter resten själva."),
        "what": ("Vi samlar en skjutsring", "Vi frågar skolan om en lokal", "Vi gör ett blad", "Vi söker bidrag"),
        "done": ("Skjutsringen kör varje tisdag.", "Lokalen ordnades, nyckeln finns på biblioteket."),
        "waits": ("NTM-centralen", "tekniska nämnden", "välfärdsområdet"),
        "result": ("Skjutsring", "Mötesplats", "Blad till varje hem"),
        "evidence": ("Det kommer ett tjugotal besökare i veckan.",),
        "evaluation": ("Tre möten räckte, och alla gjorde sin del.",),
        "why_not": ("Kommunen sköter detta redan.", "Ärendet hör till ett annat bord."),
        "prepare": ("Vem har bett om detta, och vad skulle det kosta?",),
        "stops": ("Vi fick ingen finansiering.", "Projektet tog slut och ingen fortsatte."),
        "rests": ("Vi väntar på den nya strategin.",),
        "called_off": ("Alltför många hade förhinder.",),
        "moves": ("Samtidigt som fullmäktige.",),
        "longer": ("Tre gånger räckte inte.",),
        "again": ("Ärendet togs upp på nytt i byarna.",),
        "memo": ("Saken diskuterades och fortsättningen överenskoms.",),
        "objects": ("Föreningarnas åsikt saknas.",),
        "no_work": ("Vi hörde en inledning, inget arbete delades.",),
        "later": ("Den som gör det hade semester.",),
        "refuses": ("Vi har inga människor för detta.",),
        "another": ("En annan förening tog uppdraget.",),
        "rule": ("Här möts man länge.",),
        "seat_empty": ("Platsen är tom, men ärendena väntar inte.",),
        "over": ("Intresset svalnade när projektet tog slut.",),
        "new_convener": ("Den förra övergick till andra uppgifter.",),
    },
}
"""What people say on each occasion, by language."""
