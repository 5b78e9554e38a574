"""Workload W: a thousand articles of about 900 words with forty spans each, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from annotator.actions import projects
from sources.models import Article, Project, Sentence, Snapshot, User

from . import words
from .clients import Span
from .workload import make

ARTICLES, WORDS, SPANS = 1_000, 900, 40
SLUG = "bench-w"


def load_w(by: User, articles: int = ARTICLES) -> Project:
    """The project of W; what a kept data folder has of it already is not made again."""
    project = Project.objects.filter(slug=SLUG).first()
    project = project or projects.open_project(by=by, name="Workload W", slug=SLUG)
    for number in range(Article.objects.filter(project=project).count(), articles):
        make(by, project, words.text(f"Article {number}", WORDS, seed=number), SPANS)
        print(f"\r{number + 1} articles", end="", flush=True)
    print()
    return project


def spans_to_mark(project: Project, seed: int) -> Iterator[tuple[str, Span]]:
    """Without end: an article's UUID, and a stretch of one of its sentences. The same in the same order for
    one seed."""
    chance = random.Random(seed)
    texts = list(Snapshot.objects.filter(project=project).order_by("pk").values_list("pk", flat=True))
    while True:
        text = Snapshot.objects.select_related("article").get(pk=chance.choice(texts))
        cut = list(Sentence.objects.filter(segmentation=text.current_segmentation_id).order_by("number")[1:])
        for sentence in chance.sample(cut, min(8, len(cut))):
            start = sentence.start + chance.randrange(0, 20)
            end = min(sentence.end - 1, start + chance.randrange(10, 60))
            if start < end:
                yield str(text.article.uuid), Span(str(text.uuid), start, end, text.text[start:end])
