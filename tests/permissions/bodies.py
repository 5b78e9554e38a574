"""What is sent to an address: an empty object, or a form that repeats what its address asks for."""

from typing import Any
from urllib.parse import urlsplit

from .routes import Route


def body_of(route: Route, method: str, url: str) -> dict[str, Any]:
    """What `Client.generic` takes."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return {}
    if route.of_programs:
        headers = {"If-Match": '"1"'} if method == "DELETE" else {}
        return {"data": "{}", "content_type": "application/json", "headers": headers}
    return {"data": urlsplit(url).query, "content_type": "application/x-www-form-urlencoded"}
