import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, dated_as_said, one_of, reference

from .annotation import Annotation
from .claim import Basis


class ParticipantRole(models.TextChoices):
    """What somebody does in an event; what the list has no word for is said in the participant's `part`."""

    ACTOR = "actor", "Actor"
    RECIPIENT = "recipient", "Recipient"
    VICTIM = "victim", "Victim"
    PARTY = "party", "Party"
    MEDIATOR = "mediator", "Mediator"
    ORGANISER = "organiser", "Organiser"
    SUPPORTER = "supporter", "Supporter"
    WITNESS = "witness", "Witness"
    OTHER = "other", "Other"


class Event(models.Model):
    """Something that happened, whoever reports it. `date` is EDTF with its first and last day; an
    interval that is open at one end ("since April") has one of them.

    `date_words` are the words the date was read from; latitude and longitude are degrees (WGS 84).
    `merged_into` follows from the merges in force; `survivor_key` is its key, or the event's own.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="events", db_index=False)
    label = models.CharField(max_length=300)
    type = reference("annotator.Code", "events")
    date = models.CharField(max_length=60, blank=True)
    date_min = models.DateField(null=True, blank=True)
    date_max = models.DateField(null=True, blank=True)
    date_words = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    place_wikidata = models.CharField(max_length=20, blank=True)
    place_geonames = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    merged_into = reference("self", "merged_events", null=True, blank=True)
    survivor_key = models.GeneratedField(
        expression=Coalesce("merged_into_id", "id"),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="event_in_project"),
            models.CheckConstraint(condition=~Q(label=""), name="event_has_label"),
            dated_as_said("date", "event_date_has_range"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, latitude__gte=-90, latitude__lte=90)
                & Q(longitude__isnull=False, longitude__gte=-180, longitude__lte=180),
                name="event_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(place_wikidata="") | Q(place_wikidata__regex=r"^Q[1-9][0-9]{0,11}$"),
                name="event_place_wikidata_formed",
            ),
            models.CheckConstraint(
                condition=Q(place_geonames="") | Q(place_geonames__regex=r"^[1-9][0-9]{0,9}$"),
                name="event_place_geonames_formed",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="event_not_merged_with_itself"
            ),
            models.UniqueConstraint(fields=["project", "id", "survivor_key"], name="event_is_survivor"),
            # Whatever an event is merged into stands for itself: no chains and no circles.
            CompositeForeignKey(
                name="event_merged_into_survivor",
                fields=("project", "merged_into", "merged_into"),
                to="annotator.Event",
                to_fields=("project", "id", "survivor_key"),
                deferred="deferred",
            ),
        ]
        indexes = [
            models.Index("project", Coalesce("date_min", "date_max"), "id", name="event_list_by_first_day"),
            models.Index(fields=["survivor_key"], name="event_family"),
        ]

    def __str__(self) -> str:
        return self.label


class EventParticipant(models.Model):
    """Who took part and how, with the mention it was read from. `part` is the role in words ("ferryman")."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    event = reference("annotator.Event", "participants")
    actor = reference("annotator.Actor", "participations")
    role = models.CharField(max_length=60, choices=ParticipantRole)
    part = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    mention = reference("annotator.ActorMention", "participations", null=True, blank=True)

    class Meta:
        constraints = [
            one_of("role", ParticipantRole, "participant_role_known"),
            one_of("basis", Basis, "participant_basis_known"),
            models.UniqueConstraint(fields=["event", "actor", "role", "part"], name="participant_once"),
            CompositeForeignKey(
                name="participant_event_same_project", fields=("project", "event"), to="annotator.Event"
            ),
            CompositeForeignKey(
                name="participant_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
            CompositeForeignKey(
                name="participant_mention_of_actor",
                fields=("project", "mention", "actor"),
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
                deferred="immediate",
            ),
        ]
        indexes = [models.Index(fields=["actor"], name="participations_of_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} as {self.role}"


class Factuality(models.TextChoices):
    """As what the words of a text tell an event; that nobody doubts it is the rule."""

    HAPPENED = "happened", "Happened"
    ONGOING = "ongoing", "Ongoing"
    PLANNED = "planned", "Planned"
    HYPOTHETICAL = "hypothetical", "Hypothetical"
    DENIED = "denied", "Denied"


class EventMention(models.Model):
    """The words of a text that mean this event: the owner of an annotation of kind event.

    `factuality` is as what these words tell it, `factuality_words` the text's that show it ("plans to").
    """

    annotation = models.OneToOneField(
        Annotation, models.PROTECT, primary_key=True, db_constraint=False, related_name="event_mention"
    )
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    event = reference("annotator.Event", "mentions")
    factuality = models.CharField(max_length=12, choices=Factuality, default=Factuality.HAPPENED)
    factuality_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            one_of("factuality", Factuality, "event_mention_factuality_known"),
            CompositeForeignKey(
                name="event_mention_annotation_same_project",
                fields=("project", "annotation"),
                to="annotator.Annotation",
            ),
            CompositeForeignKey(
                name="event_mention_event_same_project", fields=("project", "event"), to="annotator.Event"
            ),
        ]
        indexes = [models.Index(fields=["event"], name="mentions_of_event")]

    def __str__(self) -> str:
        return f"mention of {self.event_id}"
