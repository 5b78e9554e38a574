"""Discussions of claims, actors, events and articles, kept as they were said."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce

INSTALL = """
SELECT sourceline_forbid('annotator_discussion', 'UPDATE', 'discussion_stays_with_its_subject',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.claim_id, OLD.actor_id, OLD.event_id, OLD.article_id,
      OLD.opened_by_id, OLD.opened_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.claim_id, NEW.actor_id, NEW.event_id, NEW.article_id,
      NEW.opened_by_id, NEW.opened_at)');
SELECT sourceline_forbid('annotator_discussion', 'DELETE', 'discussion_kept');

ALTER TABLE annotator_comment
    ADD CONSTRAINT comment_says_something CHECK (text ~ '\\S' AND length(text) <= 4000);
SELECT sourceline_forbid('annotator_comment', 'UPDATE', 'comment_stays_its_authors',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.discussion_id, OLD.author_id, OLD.at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.discussion_id, NEW.author_id, NEW.at)');
SELECT sourceline_forbid('annotator_comment', 'UPDATE', 'comment_withdrawn_for_good', 'OLD.withdrawn_at IS NOT NULL');
SELECT sourceline_forbid('annotator_comment', 'DELETE', 'comment_kept');
SELECT sourceline_version('annotator_comment', 'comment_version_counts_up');

-- Whoever is called was a member when it was written; who leaves later stays named in what was said.
CREATE FUNCTION sourceline_mention_of_a_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM sourceline_need_read_committed('annotator_commentmention');
    -- Whoever takes the member out meanwhile waits, or is waited for.
    PERFORM FROM sources_membership m
        WHERE m.project_id = NEW.project_id AND m.user_id = NEW.user_id FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'mention_of_a_member: % is no member of project %', NEW.user_id, NEW.project_id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'mention_of_a_member',
                  TABLE = 'annotator_commentmention';
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_mention_of_a_member FROM PUBLIC;
CREATE TRIGGER mention_of_a_member BEFORE INSERT OR UPDATE ON annotator_commentmention
    FOR EACH ROW EXECUTE FUNCTION sourceline_mention_of_a_member();
ALTER TABLE annotator_commentmention ENABLE ALWAYS TRIGGER mention_of_a_member;

SELECT sourceline_keep_history('annotator_discussion', 'id');
SELECT sourceline_keep_history('annotator_comment', 'id');
SELECT sourceline_keep_history('annotator_commentmention', 'id');

-- Purging takes them before what they are about. Said of the function as it stands, whatever was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_release', $$,
        $$'annotator_commentmention', 'annotator_comment', 'annotator_discussion', 'annotator_release', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_commentmention', 'annotator_comment', 'annotator_discussion', $$, '');
END $do$;
DROP TRIGGER mention_of_a_member ON annotator_commentmention;
DROP FUNCTION sourceline_mention_of_a_member();
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("annotator", "0015_words_stand"),
        ("sources", "0003_text_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("resolved", "Resolved")], default="open", max_length=10
                    ),
                ),
                ("turned_at", models.DateTimeField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="annotator.actor",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="sources.article",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="annotator.claim",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="annotator.event",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="sources.project",
                    ),
                ),
                (
                    "turned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["claim"],
                        name="discussions_of_claim",
                    ),
                    models.Index(
                        condition=models.Q(("actor__isnull", False)),
                        fields=["actor"],
                        name="discussions_of_actor",
                    ),
                    models.Index(
                        condition=models.Q(("event__isnull", False)),
                        fields=["event"],
                        name="discussions_of_event",
                    ),
                    models.Index(
                        condition=models.Q(("article__isnull", False)),
                        fields=["article"],
                        name="discussions_of_article",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "resolved"])), name="discussion_state_known"
                    ),
                    models.UniqueConstraint(fields=("project", "id"), name="discussion_in_project"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("actor__isnull", True),
                                ("article__isnull", True),
                                ("claim__isnull", False),
                                ("event__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", False),
                                ("article__isnull", True),
                                ("claim__isnull", True),
                                ("event__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("article__isnull", True),
                                ("claim__isnull", True),
                                ("event__isnull", False),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("article__isnull", False),
                                ("claim__isnull", True),
                                ("event__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="discussion_of_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "open"), ("turned_at", None), ("turned_by", None)),
                            models.Q(("turned_at__isnull", False), ("turned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="discussion_turned_by_somebody",
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "claim"),
                        name="discussion_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "actor"),
                        name="discussion_actor_same_project",
                        to="annotator.Actor",
                        to_fields=("project", "id"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "event"),
                        name="discussion_event_same_project",
                        to="annotator.Event",
                        to_fields=("project", "id"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "article"),
                        name="discussion_article_same_project",
                        to="sources.Article",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("edited_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.project",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="annotator.discussion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["discussion", "id"], name="comments_of_discussion"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "id"), name="comment_in_project"),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "discussion"),
                        name="comment_discussion_same_project",
                        to="annotator.Discussion",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="annotator.comment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "project"], name="mentions_of_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "user"), name="comment_mention_once"),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "comment"),
                        name="comment_mention_same_project",
                        to="annotator.Comment",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
