"""Lines of web pages in a text without HTML's hints: what is furniture, and what only looks like it."""

import pytest

from sources.text.blocks import cut_blocks

STORY = (
    "The council of Lower Sell met on Monday to talk about the dam and its keepers.",
    "“Nobody has asked us since the spring,” said Greta Oyelaran, who runs the school.",
    "The vote was put off once more, to the anger of those who had come.",
)
FURNITURE = """
Advertisement - Continue Reading Below ~ - Advertisement - ~ Article continues below advertisement
SKIP ADVERTISEMENT ~ Sponsored Links ~ Promoted stories ~ Scroll to Continue
Continue reading the main story ~ Photograph: Ana Ferro/The Valley Post
Credit: Ana Ferro for Nordpost ~ Image source, Getty Images ~ AFP via Getty Images
REUTERS/Ana Ferro ~ [Ana Ferro/Kai Radio] ~ (Piet Lund / Nordpost) ~ FILE PHOTO
Follow @valleypost on X ~ Follow us on Facebook and Twitter ~ Follow her on Instagram at @ilse
You can follow Ilse Marrow on Bluesky ~ Find us on Facebook ~ Join our WhatsApp channel
Twitter: @ilsemarrow ~ Subscribe to The Valley Post ~ Get the latest news delivered to your inbox
Already a subscriber? Log in ~ Sign up for the Morning Briefing and get the news in your inbox.
Support our journalism ~ Become a member ~ Leave a Reply ~ Leave a Reply Cancel reply
Be the first to comment ~ Comments are closed. ~ 12 Comments
Your email address will not be published. Required fields are marked * ~ Name * ~ Email (required)
Notify me of follow-up comments by email.
Save my name, email, and website in this browser for next time.
This site uses Akismet to reduce spam. Learn how your comment data is processed.
Join the conversation ~ Related ~ Related Articles ~ More on this story ~ Recommended for you
Most Read ~ Editors' Picks ~ READ MORE: The dam that nobody finished
Read also: Three ministers and a dam ~ WATCH | Boats leave the harbour ~ Read the full story here
See also ~ Up next ~ In case you missed it ~ list 2 of 4 Boats leave the harbour
Share this article ~ Click to share on Facebook (Opens in new window) ~ Copy link ~ Like Loading...
31 shares ~ Back to top button ~ Skip to main content ~ Previous Post ~ Privacy Policy
Terms of Use ~ About us ~ Load more ~ View image in fullscreen ~ toggle caption
Opens in new window ~ 1/5 ~ Watch video ~ In this article
Contact the author at ilse.marrow@valleypost.example ~ ilse.marrow@valleypost.example
About the Author ~ © 2031 The Valley Post. All rights reserved. ~ Reprinted with permission.
www.valleypost.example ~ Source: The Valley Post ~ Source : Nordpost ~ Sources: Nordpost, AFP
This article first appeared on Nordpost.example ~ 4 min read ~ Reading time: 4 minutes
Tags: bridge, dam ~ Please enter a valid email address
An error has occurred. Please try again later. ~ Thank you for reading. ~ Anzeige ~ - Anzeige -
Bild: Ana Ferro ~ Quelle: dpa ~ Mehr zum Thema ~ Lesen Sie auch: Der Damm und die Minister
Das könnte Sie auch interessieren ~ Jetzt abonnieren ~ Artikel teilen ~ Kommentar schreiben
Zur Startseite ~ Alle Rechte vorbehalten ~ Folgen Sie uns auf Facebook ~ Impressum ~ Weitere Artikel
Publicité ~ La suite après la publicité ~ À lire aussi : Le barrage et les ministres
Crédit photo : Ana Ferro ~ Partager sur Facebook ~ Laisser un commentaire
Votre adresse e-mail ne sera pas publiée. ~ Tous droits réservés ~ Abonnez-vous à notre newsletter
Suivez-nous sur Twitter ~ Sur le même sujet ~ Source : AFP ~ Lire la suite ~ Publicidad
Lea también: La presa y los ministros ~ Fuente: EFE ~ Compartir ~ Deja un comentario
Suscríbete a nuestro boletín ~ Síguenos en Twitter ~ Todos los derechos reservados
Noticias relacionadas ~ إعلان ~ اقرأ أيضا: السد والوزراء ~ المصدر: رويترز ~ مواضيع ذات صلة
شارك هذا المقال ~ تابعنا على تويتر ~ اترك تعليقا ~ جميع الحقوق محفوظة ~ العودة إلى الأعلى
الأكثر قراءة ~ اشتہار ~ متعلقہ خبریں
"""
"""Phrases, a tilde between two of one line."""


def phrases(table: str) -> list[str]:
    return [one.strip() for line in table.strip().split("\n") for one in line.split("~")]


def judged(text: str, words: str):
    return next(b for b in cut_blocks(text) if words in text[b.start : b.end])


def page(line: str, place: str) -> str:
    first, *rest = STORY
    parts = [first, line, *rest] if place == "amid" else [*STORY, line]
    return "\n\n".join(["A Valley Without Its Dam", *parts]) + "\n"


@pytest.mark.parametrize("place", ["amid", "behind"])
@pytest.mark.parametrize("line", phrases(FURNITURE))
def test_furniture_is_masked_wherever_it_stands(line: str, place: str) -> None:
    found = judged(page(line, place), line)
    assert found.masked, found
    assert found.reason
    others = [b for b in cut_blocks(page(line, place)) if b.masked]
    assert others == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement revenue fell by a third, the publisher said.",
        "The advertisement showed a bridge that was never built.",
        "An advertisement in the Valley Post had asked for divers.",
        "“Follow me on Twitter,” the minister told them and left.",
        "Follow me on Twitter, the minister told the crowd, and left by the back door.",
        "“Follow us on Facebook!” it said on the boat.",
        "Leave a reply for the keeper, she was told, and wait.",
        "Leave a reply, he wrote.",
        "Write a comment and be silent, is how he put it.",
        "He was told to leave a reply and got none.",
        "Post comments about the dam had been deleted, the paper found.",
        "Comments about the keeper were removed.",
        "Subscribe to the plan or lose the boats, the ministry told the villages.",
        "Sign up for the boats by noon, the office told them.",
        "Register your boat by noon, they were told.",
        "Read more, talk less, was the keeper’s rule.",
        "Read the letter again, she said.",
        "More from the valley came in the evening.",
        "More on the dam will be known in June.",
        "Related to him by marriage, she kept the office.",
        "Share the water, the elders say, or lose it.",
        "Print was what they trusted.",
        "Contact with the boats was lost at noon.",
        "Contact the office by noon, residents were told.",
        "Residents can write to help@velm.example, the office said.",
        "The letter was sent from keeper@velm.example to all three ministers.",
        "The photograph shows the keeper at the gate, a lamp in his hand.",
        "A photo by a passer-by shows three men at the gate.",
        "In the picture, taken in March, the gate stands open.",
        "Video posted online showed the crowd leaving before the first shot.",
        "The picture credit went to the wrong man, and nobody noticed.",
        "Source after source told the same story.",
        "The source: a letter of the ministry, written in March.",
        "Home is where the water is not.",
        "Search teams found nobody.",
        "Close to the dam, two boats lay upside down.",
        "Menu prices doubled within a week.",
        "Live fire was heard until noon.",
        "Support for the keeper grew.",
        "Support our keeper, the placards said.",
        "Thank you for nothing, one of the placards said.",
        "Thank you for the boats, she wrote to the ministry.",
        "An error has occurred, the minister admitted.",
        "Enter your name, the form demands, and then your debts.",
        "Two hours ago the gate was opened.",
        "Three ministers and a dam.",
        "Nobody came.",
        "The boats are back",
        "Get the boats out of the water by noon, he shouted.",
        "Download the plans and read them, the engineer asked the council.",
        "All rights are reserved to the ministry, the contract says.",
        "Updated plans were shown on Friday.",
        "Tags on the bodies gave only numbers.",
        "Von der Brücke blieb nichts, sagte sie.",
        "Anzeige wurde nicht erstattet, sagte die Polizei.",
        "Werbung für den Damm gab es genug.",
        "Teilen wollte niemand.",
        "Kommentare wollte das Amt nicht abgeben.",
        "Partager l’eau, disent les anciens, ou la perdre.",
        "La publicité du barrage a coûté cher.",
        "Suivez-moi, a dit le gardien.",
        "Lire la lettre a pris une heure.",
        "Compartir el agua es la ley, dicen los viejos.",
        "El anuncio llegó tarde.",
        "Más noticias llegaron por la noche.",
        "إعلان الحكومة جاء متأخرا، قال المدير.",
        "شارك في الاجتماع ثلاثة وزراء.",
        "المصدر الأول للماء هو السد، قال المدير.",
    ],
)
def test_a_sentence_of_the_story_is_never_masked(sentence: str) -> None:
    for place in ("amid", "behind"):
        found = judged(page(sentence, place), sentence)
        assert not found.masked, found
        assert not [b for b in cut_blocks(page(sentence, place)) if b.masked]


@pytest.mark.parametrize("word", ["Video", "Latest", "Topics", "More from the council", "Donate"])
def test_a_word_that_may_be_a_heading_is_furniture_among_furniture_only(word: str) -> None:
    heading = judged(page(word, "amid"), word)
    assert (heading.role, heading.masked) == ("heading", False)
    assert judged(page(f"Share this article\n\n{word}", "amid"), word).masked
    assert judged(page(f"{word}\n\nShare this article", "amid"), word).masked
    assert judged(page(word, "behind"), word).masked


def test_titles_in_a_list_of_other_stories_are_masked_and_the_heading_behind_is_not() -> None:
    titles = ["Three ministers and a dam that nobody finished in time", "Boats leave the harbour"]
    listed = "Related Articles\n\n" + "\n\n".join(titles)
    text = page(f"{listed}\n\nWhat the letter says", "amid")
    assert [judged(text, title).masked for title in titles] == [True, True]
    heading = judged(text, "What the letter says")
    assert (heading.role, heading.masked) == ("heading", False)
    assert judged(page("Related Articles\n\nBoats leave the harbour", "amid"), "Boats leave").masked
    assert [judged(page(listed, "behind"), title).masked for title in titles] == [True, True]


@pytest.mark.parametrize("moment", ["2 hours ago", "Updated 3 hours ago", "an hour ago", "June 4, 2031"])
def test_a_line_that_a_moment_follows_is_a_teaser(moment: str) -> None:
    text = page(f"A dam that was never finished, and the ministers who opened it.\n\n{moment}", "amid")
    assert judged(text, "A dam that was never").reason.startswith("a teaser of another story")
    assert judged(text, moment).masked


def test_what_is_called_a_caption_is_one() -> None:
    line = "Image caption, The keeper at the gate on Monday. Nobody else was there."
    found = judged(page(f"Image source, Getty Images\n\n{line}", "amid"), line)
    assert (found.role, found.masked) == ("caption", True)


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ana Ferro in Velm; Editing by Piet Lund)",
        "Edited by: Ana Ferro",
        "With files from Nordpost",
        "Piet Lund in Velm contributed to this report.",
        "Additional reporting by Piet Lund",
    ],
)
def test_who_worked_on_it_is_told_of_no_story(line: str) -> None:
    found = judged(page(line, "behind"), line)
    assert (found.role, found.masked) == ("byline", True)


@pytest.mark.parametrize(
    "byline", ["By Ilse Marrow", "Von Ilse Marrow", "Par Ilse Marrow", "Por Ilse Marrow"]
)
def test_the_writer_is_named_behind_the_story(byline: str) -> None:
    found = judged(page(byline, "behind"), byline)
    assert (found.role, found.masked) == ("byline", True)


def test_who_the_writer_is_is_told_behind_the_story() -> None:
    about = "Ilse Marrow is a reporter for The Valley Post. She has lived at the dam for ten years."
    text = page(about, "behind").replace("\n\nThe council", "\n\nBy Ilse Marrow\n\nThe council", 1)
    assert judged(text, about).reason == "tells who the writer is, after the story"
    assert not judged(page(about, "behind"), about).masked, "nobody says that she wrote it"
    amid = page(about, "amid").replace("\n\nThe council", "\n\nBy Ilse Marrow\n\nThe council", 1)
    assert not judged(amid, about).masked


def test_a_notice_before_the_story_is_masked() -> None:
    for notice in (
        "Warning: This story contains details that some readers may find distressing.",
        "Editor’s note: This article contains descriptions of violence.",
        "This article was published more than 3 years ago",
    ):
        text = f"{notice}\n\n{page('Nobody came.', 'amid')}"
        assert judged(text, notice).masked
        assert judged(text, "A Valley Without").role == "headline"
