"""What people say of themselves."""

from sources.models import User, acting


def rename(*, by: User, name: str) -> User:
    """What others see of `by` from now on; where the name is empty, what they sign in with."""
    with acting(by):
        by.name = name
        by.save(update_fields=["name"])
    return by
