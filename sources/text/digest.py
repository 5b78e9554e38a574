"""The digest that names a text, wherever it is stored or cited."""

import hashlib


def sha256_hex(text: str) -> str:
    """SHA-256 (FIPS 180-4) of the text's UTF-8 bytes, as 64 lower-case hex digits.

    A lone surrogate has no UTF-8 form and raises UnicodeEncodeError: clean the text first.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256_hex_of_bytes(raw: bytes) -> str:
    """SHA-256 of raw bytes as they were captured, as 64 lower-case hex digits."""
    return hashlib.sha256(raw).hexdigest()
