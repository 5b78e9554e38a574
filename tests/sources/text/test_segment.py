import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.blocks import cut_blocks
from sources.text.segment import SEGMENTER, VERSION, segment, sentence_spans
from tests.sources.text.strategies import texts, visible


def sentences(text, language="en"):
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.lengthy
@settings(max_examples=300)
@given(texts, st.sampled_from(["en", "ar", "ur", "fa", "de", "tr", "uk", "fr", "zz"]))
def test_every_visible_character_is_in_exactly_one_sentence(text, language):
    spans = sentence_spans(text, language)
    covered = [n for start, end in spans for n in visible(text[start:end], start)]
    assert len(covered) == len(set(covered))
    assert set(covered) == visible(text)
    assert spans == sorted(spans)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""


@pytest.mark.lengthy
@given(texts)
def test_sentences_stay_in_their_block_and_are_numbered_from_one(text):
    blocks = cut_blocks(text)
    spans = segment(text, blocks, "en")
    assert [span.number for span in spans] == list(range(1, len(spans) + 1))
    for span in spans:
        assert blocks[span.block].start <= span.start < span.end <= blocks[span.block].end
    assert {n for s in spans for n in visible(text[s.start : s.end], s.start)} == visible(text)
    assert {span.block for span in spans} == set(range(len(blocks)))


def test_the_cut_has_a_name_and_a_version():
    assert SEGMENTER == "sentencex-masked"
    assert VERSION


# Each | stands where a sentence ends.
CASES = [
    "The dam held.| Nobody knew why.",
    "“The dam held,” said Greta Oyelaran, the keeper.| “Nobody knows why.”",
    "“The dam held. Nobody knows why.”|".replace(" N", "| N", 1),
    "“Will it hold?” Oyelaran asked.| Nobody answered.",
    "“Will it hold?” she asked.| Nobody answered.",
    "“It will hold!”| The crowd left.",
    'He said: "It holds."| Then he went home.',
    "The U.S. -backed council met.| It rose early.",
    "The U.S.- backed council met.",
    "A joint Sellan-U. S. survey was made in May.| It found nothing.",
    "The U. S. envoy left.| He came back.",
    "He moved to the U.S. She stayed.".replace("S. S", "S.| S"),
    "Troops left the U.S. Embassy in March.",
    "It opens on Mon. or Tues. when the keepers come.| Nobody came.",
    "Rain fell on Sun. morning and Wed. evening.| It stopped on Sat.| The boats went out.",
    "Gen. Orla Venn spoke first.| Then Lt. Col. Piet Lund spoke.",
    "Said Gen. Venn: no.| Mr. Lund agreed.",
    "J. R. Marrow and Tomas B. Vek wrote it.",
    "It was you and I.| Did you forget?",
    "The talks began at 6 p.m. on Friday.| They ended at 9 p.m.| The mayor left.",
    "They met at 6 p.m. Friday and at 7 a.m. Eastern time.",
    "Valley Mills Inc. said no.| So did Lund Bros.| They will sue.",
    "It lists boats, ropes, tents, etc.| Nothing came.",
    "See No. 5 and p. 12 of the report.| It is short.",
    "He waited ... and waited.| Then it came...| The water.",
    "“It [the dam] ... will hold.”| So he says.",
    "She said so twice.[4]| He denied it.[12]",
    "(This was in May.)| The rest is known.",
    "They left (it was late.) and slept.",
    "He lives in Sell (the lower one).| She does not.",
    "Read it at https://example.org/a.b/c.html today.| Then write.",
    "Write to orla.venn@example.org.| She answers.",
    "1) Boats 2) Ropes 3) Tents".replace(" 2)", "| 2)").replace(" 3)", "| 3)"),
    "It rose by 3.5 metres.| In 2031 it fell.",
    "The end came.Nobody saw it.".replace(".N", ".|N"),
    "Not in St. Brannoc, but in Ft. Sell.",
]


@pytest.mark.parametrize("marked", CASES)
def test_english_sentences(marked):
    expected = [part.strip() for part in marked.split("|") if part.strip()]
    text = marked.replace("|", "")
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("ar", "قال المتحدث: «لم يصل أحد».| وأضاف أن الجسر سقط.| هل يعود؟| لا أحد يعلم."),
        ("ur", "ترجمان نے کہا کہ کوئی نہیں آیا۔| پل بہہ گیا ہے۔| کیا مدد آئے گی؟| کسی کو معلوم نہیں۔"),
        ("fa", "سخنگو گفت کسی نیامده است.| پل را آب برد.| آیا کمک می‌آید؟"),
        ("de", "Am 4. Juni kam das Wasser.| Die Brücke fiel.| „Wer hilft uns?“, fragte sie."),
        (
            "fr",
            "« Personne n’est venu », dit-elle.| « Où sont les bateaux ? »| Le maire se tait…| Il attend.",
        ),
        ("tr", "Köprü yıkıldı.| Kim gelecek? diye sordu.| Kimse bilmiyor."),
        ("uk", "Вода прийшла вночі.| Міст упав за 5 км.| Ніхто не попередив."),
    ],
)
def test_sentences_of_other_languages(language, marked):
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", ""), language) == expected


def test_one_stray_quotation_mark_hides_nothing():
    text = 'He said "no. Then he left. Nobody followed. The door was shut.'
    assert len(sentences(text)) == 4


def test_a_line_break_inside_a_paragraph_is_a_blank_and_an_empty_line_is_an_end():
    assert sentences("The dam\nheld. Nobody\nknew.\n\nNo stop here\n\nThe end.") == [
        "The dam\nheld.",
        "Nobody\nknew.",
        "No stop here",
        "The end.",
    ]
