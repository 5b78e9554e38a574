from django.db import models
from django.db.models.functions import Now


class BackupTaken(models.Model):
    """A whole backup of this installation that was written, with every file that its rows name.

    What it holds of a project is all there was when it `began_at`; so it counts as a full export of every
    project that had been archived by then (sourceline_purge_project).
    """

    began_at = models.DateTimeField()
    taken_at = models.DateTimeField(db_default=Now())
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(began_at__lte=models.F("taken_at")),
                name="backup_began_before_it_was_taken",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="backup_digested"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"
