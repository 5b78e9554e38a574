"""Accounts: what allauth asks of us, and our own pages of them."""
