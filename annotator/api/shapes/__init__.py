"""Shapes of requests and answers, for the description at /api/v1/schema/ alone, one file a noun.

Nothing is parsed or rendered by them: bodies end in intents, answers are made in `annotator/queries/`.
"""
