import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0008_event_details"),
        ("sources", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="annotation",
            name="annotation_kind_known",
        ),
        migrations.AddField(
            model_name="attributionsource",
            name="basis",
            field=models.CharField(
                choices=[
                    ("textual", "In the text"),
                    ("interpretive", "Interpreted"),
                    ("inferential", "Inferred"),
                ],
                default="textual",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="attributionsource",
            name="confidence",
            field=models.CharField(
                blank=True,
                choices=[("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="addressee_mention",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addressed_claims",
                to="annotator.actormention",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="assessment",
            field=models.CharField(
                blank=True,
                choices=[
                    ("confirmed", "Confirmed"),
                    ("plausible", "Plausible"),
                    ("open", "Open"),
                    ("doubtful", "Doubtful"),
                    ("false", "False"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="assessment_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="polarity_basis",
            field=models.CharField(
                choices=[
                    ("textual", "In the text"),
                    ("interpretive", "Interpreted"),
                    ("inferential", "Inferred"),
                ],
                default="textual",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="polarity_confidence",
            field=models.CharField(
                blank=True,
                choices=[("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="said_on_basis",
            field=models.CharField(
                choices=[
                    ("textual", "In the text"),
                    ("interpretive", "Interpreted"),
                    ("inferential", "Inferred"),
                ],
                default="textual",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="said_on_confidence",
            field=models.CharField(
                blank=True,
                choices=[("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="translated",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="use",
            field=models.CharField(
                blank=True,
                choices=[
                    ("speaker", "The speaker’s words"),
                    ("another", "Another’s words"),
                    ("scare", "Scare quotes"),
                    ("word", "The word itself"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="whose",
            field=models.CharField(
                blank=True,
                choices=[("speaker", "The speaker’s"), ("reporter", "The reporter’s")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("claim", "Claim"),
                    ("actor", "Actor"),
                    ("event", "Event"),
                    ("cue", "Cue"),
                    ("role", "Role"),
                    ("reason", "Reason"),
                    ("time", "Time"),
                    ("place", "Place"),
                    ("hedge", "Hedge"),
                    ("gloss", "Gloss"),
                    ("quoted", "Quotation marks"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="supportingspan",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spans",
                to="annotator.claim",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("inside__isnull", False)), fields=["inside"], name="claims_inside"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("addressee_mention__isnull", False)),
                fields=["addressee_mention"],
                name="claims_to_mention",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "claim",
                            "actor",
                            "event",
                            "cue",
                            "role",
                            "reason",
                            "time",
                            "place",
                            "hedge",
                            "gloss",
                            "quoted",
                        ],
                    )
                ),
                name="annotation_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quotation_type__in", ["direct", "indirect", "mixed", "free_indirect", "reported", ""])
                ),
                name="attribution_quotation_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["textual", "interpretive", "inferential"])),
                name="attribution_source_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["certain", "probable", "possible", ""])),
                name="attribution_source_confidence_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("polarity_basis__in", ["textual", "interpretive", "inferential"])),
                name="claim_polarity_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("polarity_confidence__in", ["certain", "probable", "possible", ""])),
                name="claim_polarity_confidence_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_on_basis__in", ["textual", "interpretive", "inferential"])),
                name="claim_said_on_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_on_confidence__in", ["certain", "probable", "possible", ""])),
                name="claim_said_on_confidence_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assessment__in", ["confirmed", "plausible", "open", "doubtful", "false", ""])
                ),
                name="claim_assessment_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assessment", ""), ("assessment_reason", "")),
                    models.Q(
                        models.Q(("assessment", ""), _negated=True),
                        models.Q(("assessment_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_assessment_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("addressee_mention", None), ("addressee__isnull", False), _connector="OR"
                ),
                name="claim_addressee_mention_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred="immediate",
                fields=("project", "addressee_mention", "addressee"),
                name="claim_addressee_mention_of_actor",
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=models.CheckConstraint(
                condition=models.Q(("whose__in", ["speaker", "reporter", ""])), name="support_whose_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["speaker", "another", "scare", "word", ""])),
                name="support_use_known",
            ),
        ),
    ]
