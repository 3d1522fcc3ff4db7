"""The words that begin a command, with their Finnish and Swedish names: one table."""

from typing import NamedTuple

from workflow.language.words import N_


class Noun(NamedTuple):
    """A noun or a command of one word: where it lives, what it is called, what it is for."""

    name: str
    module: str
    help: str
    aliases: tuple[str, ...] = ()


NOUNS = (
    Noun("status", "cli.status", N_("How things stand at your tables."), ("tilanne", "läge", "lage")),
    Noun("next", "cli.next", N_("What you can do now, and what is in the way."), ("seuraavaksi", "nästa", "nasta")),
    Noun("table", "cli.table", N_("The partnership table: who sits there, and its rules."), ("pöytä", "poyta", "bord")),
    Noun("theme", "cli.theme", N_("What the table works on, from proposal to results."), ("teema", "tema")),
    Noun("series", "cli.series", N_("The meetings around a theme."), ("sarja", "serie")),
    Noun("meeting", "cli.meeting", N_("One meeting, from its planning to its end."), ("tapaaminen", "möte", "mote")),
    Noun("memo", "cli.memo", N_("What is remembered of a meeting in words."), ("muistio", "promemoria")),
    Noun("agenda", "cli.agenda", N_("The matters on the agendas."), ("asia", "ärende", "arende")),
    Noun("action", "cli.action", N_("The work that was divided."), ("toimenpide", "åtgärd", "atgard")),
    Noun("rota", "cli.rota", N_("The activities in which parties take turns."), ("vuorokierto", "kierto", "turlista")),
    Noun(
        "referral",
        "cli.referral",
        N_("What was asked of those who have the power to decide."),
        ("esitys", "framställning", "framstallning"),
    ),
    Noun("result", "cli.result", N_("What came of it."), ("tulos", "resultat")),
    Noun("org", "cli.org", N_("The organisations: municipality, associations, companies."), ("taho", "aktör", "aktor")),
    Noun("person", "cli.person", N_("The people."), ("henkilö", "henkilo")),
    Noun("project", "cli.project", N_("The projects that support tables."), ("hanke", "projekt")),
    Noun("why", "cli.why", N_("Why something can or can't be done now."), ("miksi", "varför", "varfor")),
    Noun("history", "cli.history", N_("What has happened, and how it stood on a day."), ("historia", "historik")),
    Noun("trace", "cli.trace", N_("One matter from end to end."), ("jäljitä", "jaljita", "spåra", "spara")),
    Noun(
        "audit",
        "cli.audit",
        N_("What stands still and why, what happened, and whether it can be believed."),
        ("tarkastus", "granskning"),
    ),
    Noun(
        "picture", "cli.picture", N_("Pictures: who sits around, where it stands, what stands still."), ("kuva", "bild")
    ),
    Noun("remind", "cli.remind", N_("Reminders, ready for e-mail."), ("muistuta", "påminn", "paminn")),
    Noun("undo", "cli.undo", N_("Take back the newest move, with a reason."), ("peru", "ångra", "angra")),
    Noun("import", "cli.importing", N_("Read in table books, or a workbook that was filled in."), ("tuo", "importera")),
    Noun("export", "cli.exporting", N_("Write a table book out."), ("vie", "exportera")),
    Noun("lifecycle", "cli.lifecycle", N_("The rules: states, promises, moves."), ("elinkaari", "livscykel")),
    Noun("init", "cli.init", N_("Begin: a database, a table, its people, a theme."), ("aloita", "börja", "borja")),
    Noun(
        "demo", "cli.demo", N_("See poyta at work, in a database that is thrown away."), ("esittely", "demonstration")
    ),
    Noun("db", "cli.db", N_("The database: upgrade, check, backup, restore."), ("tietokanta", "databas")),
    Noun("doctor", "cli.doctor", N_("Look whether everything is in order here."), ("kunto", "kontroll")),
)
"""Every first word of the command line, in the order of its help."""

BY_NAME = {word: noun for noun in NOUNS for word in (noun.name, *noun.aliases)}
"""Every noun by each of its names."""
