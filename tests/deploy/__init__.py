"""How Sourceline is installed and looked after on a server."""
