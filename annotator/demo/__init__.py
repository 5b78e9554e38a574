"""The demo project: eight invented articles and everything an analyst would say about them.

`articles/` holds the texts, `annotations/` what is said about them, by quoting the text (README there).
`entries` reads the files, `resolve` finds the quotes, `load` writes it all through the actions.
"""
