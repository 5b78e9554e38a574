"""The door for programs, under /api/v1/. What every endpoint keeps to, and what it is built from:

- **Who comes in.** A session with its CSRF token, or `Authorization: Bearer sl_…` (`authentication.py`),
  which needs none. A view of a project derives from `access.ProjectView` and begins with
  `self.enter(request, slug, needs)`; any other from `access.ApiView`. The role that `enter` returns is
  already the lesser of the user's and the token's, so ask `may` about that one and never the membership
  itself.
- **Bodies** are read by `parsing.StrictJSONParser`, parsed by an intent within `with understood():` (400),
  and carried out by one action, whose `Refused` is a 422. No serializer parses anything.
- **Answers** are plain dicts made in `annotator/queries/`. Inside numbers never leave; UUIDs and slugs do.
- **Parameters.** A `get` begins with `asked = lists.Parameters(request, "q", "status", …)`: any other
  parameter is a 400 that names it, and so is one that the description does not name, of every operation
  (`described_parameters.py`). Each value is then read by what it may be (`asked.choice`, `asked.uuid`).
- **Lists** are `lists.page(asked, found, ORDER, tell)`: {"results", "next", "previous"}, by keyset
  (`queries/keyset.py`), with `limit` (1–200) and an opaque place in `after` or `before`. A fixed number of
  queries, whatever the number of rows.
- **One object** is answered by `versions.tagged(request, body, version)`: an ETag, and 304 for
  `If-None-Match`. A change reads `versions.needed(request)` (428 where `If-Match` lacks) and its action
  raises `Stale` (412 with `current`). `PUT` under a UUID of the client's making creates once: 201, then
  200.
- **Refusals** are problem documents (RFC 9457): `problems.py` alone makes them.
- **Description.** Each method has `@extend_schema(summary=, request=, responses=, parameters=, examples=)`.
  Shapes lie in `shapes/`, one file a noun; they are serializers that describe and nothing else
  (`docs/adr/`). `summary` is a short imperative; the docstring of the method, else of the view, is the
  description, in Markdown. `shapes.problem` and the `default` answer of each operation come by themselves,
  and so do its identifier (`get_articles` of `ArticlesView.get`) and its tag (the name of the view's
  module). `shapes.page.page_of(Shape)` describes a list, `shapes.headers` the headers;
  `description.undescribed()` tells what lacks words.
"""
