"""What was published: articles, their texts and where they were taken from."""

VERSION = "0.1.0"
"""Of the whole program; what sites and releases are told."""
