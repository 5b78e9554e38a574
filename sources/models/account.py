import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class User(AbstractUser):
    """A person who signs in. `name` is what others see; `username` is what one signs in with.

    Without a name others see the `username`, of an e-mail address never more than what stands before the
    `@`: what is public tells nobody where to write. `signed_up_by` is the UUID of the invitation that let
    them make the account, where nobody may without one: it holds one of its places for them, for a time.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    signed_up_by = models.UUIDField(null=True, blank=True, editable=False)

    class Meta(AbstractUser.Meta):
        abstract = False
        indexes = [
            models.Index(
                fields=["signed_up_by"], condition=Q(signed_up_by__isnull=False), name="user_by_invitation"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username.partition("@")[0]

    @property
    def initials(self) -> str:
        words = str(self).split()
        return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()
