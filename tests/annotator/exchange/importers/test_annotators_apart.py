"""Several `.ann` of one text: each annotator's own, and the text read once, if at all."""

from annotator.exchange.importers import brat, polnear
from annotator.exchange.importers.bundle import Bundle
from annotator.exchange.importers.files import Files
from annotator.exchange.importers.standoff_texts import LARGEST_ANN
from annotator.exchange.importers.wishes import parse_wishes
from sources.intake.registry import LARGEST

SAID = parse_wishes(
    meanings=["Content=claim:fact", "Source=actor:person"], voice="unknown", quotation_type="reported"
)
ANN = "T1\tContent 9 12\tyes\nT2\tSource 13 16\tshe\nT3\tSource 0 3\tAda\n*\tEquiv T2 T3\n"
TEXT = "Ada said yes she did."


def read(*names: str, top: str = "") -> Bundle:
    contents = {f"{top}{name}": ANN if name.lower().endswith(".ann") else TEXT for name in names}
    return brat.read(
        Files("x", {name: lambda said=said: said.encode() for name, said in contents.items()}), SAID
    )


def marked(bundle: Bundle) -> list[set[str]]:
    return [{str(one.uuid) for one in document.placed} for document in bundle.documents]


def test_the_marks_of_two_annotators_are_not_one():
    names = ("alice/d.ann", "alice/d.txt", "bob/d.ann", "bob/d.txt")
    both = read(*names)
    alice, bob = marked(both)
    assert len(alice) == len(bob) == 3
    assert not alice & bob
    assert len(both.actors) == 2  # whom one of them holds to be the same, the other need not
    assert marked(read(*names)) == marked(read(*names, top="corpus/brat/")) == [alice, bob]


def test_endings_in_capitals_are_of_another_file():
    one, other = marked(read("d.ann", "d.ANN", "d.txt"))
    assert not one & other


def test_a_lone_annotator_is_known_again_whatever_the_folder_is_called():
    assert marked(read("d.ann", "d.txt")) == marked(read("a/b/d.ann", "a/b/d.txt"))


def shared(sizes: dict[str, int], times: list[str]) -> Files:
    """Forty `.ann` of one text; `times` are the names of files in the order in which they are read."""
    contents = {f"attributions/t_{n:04}.ann": ANN for n in range(40)} | {"text/t.txt": TEXT}

    def reading(name: str) -> bytes:
        times.append(name)
        return contents[name].encode()

    return Files("x", {name: lambda name=name: reading(name) for name in contents}, sizes=sizes)


def test_a_text_of_many_annotators_is_read_once():
    times: list[str] = []
    bundle = polnear.read(
        shared(dict.fromkeys([*(f"attributions/t_{n:04}.ann" for n in range(40)), "text/t.txt"], 9), times),
        SAID,
    )
    assert len(bundle.documents) == 40
    assert times.count("text/t.txt") == 1
    assert len({id(document.text) for document in bundle.documents}) == 1


def test_what_is_too_large_is_told_and_never_read():
    times: list[str] = []
    bundle = polnear.read(
        shared({"text/t.txt": LARGEST + 4, "attributions/t_0007.ann": LARGEST_ANN + 1}, times), SAID
    )
    assert bundle.documents == ()
    assert "text/t.txt" not in times
    assert "attributions/t_0007.ann" not in times
    why = {one.why for one in bundle.unmapped}
    assert why == {"2.0 MB, but at most 2 MB are taken", "16.0 MB, but at most 16 MB are taken"}
