"""What the bench of the reading room is made of: a served Sourceline, its articles, a browser that looks."""
