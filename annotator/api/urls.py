"""The API's addresses, under /api/v1/."""

from django.urls import include, path

from .views.actor_records import ActorOverTimeView, ActorsView, ActorView
from .views.actors import (
    ActorMergesView,
    ComparedActorsView,
    LikenessesView,
    ResolutionsView,
    UndoneMergeView,
    UndoneResolutionView,
)
from .views.annotation_imports import (
    AnnotationImportLinesView,
    AnnotationImportsView,
    AnnotationImportView,
)
from .views.annotations import AnnotationsView, AnnotationView, RestoreView
from .views.annotations_in_bulk import AnnotationsInBulkView
from .views.batches import BatchesView, BatchLookView, BatchUndoneView, BatchView
from .views.blocks import BlockView
from .views.changes import ChangesView
from .views.claim_documents import ClaimCitationView, ClaimDocumentView
from .views.claim_parts import (
    AttributionsView,
    AttributionView,
    ClaimDatesView,
    ClaimPositionsView,
    ClaimQuantitiesView,
    ClaimTopicsView,
)
from .views.claims import ClaimSpeakersView, ClaimView, ReviewView, SubmissionView
from .views.claims_listed import ClaimFacetsView, ClaimReviewsView, ClaimsView, ReviewsView
from .views.code_merges import CodeMergesView, ComparedCodesView, UndoneCodeMergeView
from .views.codebook_codes import CodebookCodesView, CodebookCodeView, CodeMoveView, CodeStateView
from .views.codebook_file import CodebookFileView, CodebookPlanView
from .views.codes import CodesView, CodeView, RestoredCodeView
from .views.discussions import CommentView, DiscussionStateView, DiscussionsView
from .views.event_merges import (
    AlikeEventsView,
    ComparedEventsView,
    EventMergesView,
    UndoneEventMergeView,
)
from .views.events import DateWordsView, EventsView, EventView
from .views.numbers import NumbersView
from .views.overview import OverviewView
from .views.own_histories import ActorHistoryView, ClaimHistoryView, CodeHistoryView, EventHistoryView
from .views.relations import RelationsView, RelationView
from .views.releases import (
    CountedReleaseView,
    ReleaseChangesFileView,
    ReleaseChangesView,
    ReleaseFileView,
    ReleasesView,
    ReleaseView,
    ReleaseWorkbookView,
)
from .views.repeats import LikelyRepeatsView, ToldApartView
from .views.room import RoomView
from .views.saved_searches import SavedSearchesView, SavedSearchView
from .views.verify import VerifyView
from .views.watch_terms import HitsView, WatchTermsView, WatchTermView

app_name = "api"
urlpatterns = [
    path("", include("annotator.api.shelf_urls")),
    path("projects/<slug:slug>/articles/<uuid:uuid>/room/", RoomView.as_view(), name="room"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/blocks/<int:position>/", BlockView.as_view(), name="block"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/changes/", ChangesView.as_view(), name="changes"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/hits/", HitsView.as_view(), name="hits"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/numbers/", NumbersView.as_view(), name="numbers"),
    path("projects/<slug:slug>/watch-terms/", WatchTermsView.as_view(), name="watch_terms"),
    path("projects/<slug:slug>/watch-terms/<uuid:uuid>/", WatchTermView.as_view(), name="watch_term"),
    path("projects/<slug:slug>/annotations/", AnnotationsView.as_view(), name="annotations"),
    path("projects/<slug:slug>/annotations/bulk/", AnnotationsInBulkView.as_view(), name="annotations_bulk"),
    path(
        "projects/<slug:slug>/annotations/imports/",
        AnnotationImportsView.as_view(),
        name="annotation_imports",
    ),
    path(
        "projects/<slug:slug>/annotations/imports/<uuid:uuid>/",
        AnnotationImportView.as_view(),
        name="imported_annotations",
    ),
    path(
        "projects/<slug:slug>/annotations/imports/<uuid:uuid>/lines/",
        AnnotationImportLinesView.as_view(),
        name="imported_lines",
    ),
    path("projects/<slug:slug>/annotations/<uuid:uuid>/", AnnotationView.as_view(), name="annotation"),
    path("projects/<slug:slug>/annotations/<uuid:uuid>/restore/", RestoreView.as_view(), name="restore"),
    path("projects/<slug:slug>/overview/", OverviewView.as_view(), name="overview_numbers"),
    path("projects/<slug:slug>/claims/", ClaimsView.as_view(), name="claims"),
    path("projects/<slug:slug>/claims/facets/", ClaimFacetsView.as_view(), name="claim_facets"),
    path("projects/<slug:slug>/claims/<uuid:uuid>/", ClaimView.as_view(), name="claim"),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/attributions/",
        AttributionsView.as_view(),
        name="attributions",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/attributions/<int:chain>/<int:position>/",
        AttributionView.as_view(),
        name="attribution",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/citation/",
        ClaimCitationView.as_view(),
        name="claim_citation",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/documents/<str:form>/",
        ClaimDocumentView.as_view(),
        name="claim_document",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/repeats/",
        LikelyRepeatsView.as_view(),
        name="likely_repeats",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/apart/<uuid:other>/",
        ToldApartView.as_view(),
        name="told_apart",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/topics/",
        ClaimTopicsView.as_view(),
        name="claim_topics",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/positions/",
        ClaimPositionsView.as_view(),
        name="claim_positions",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/quantities/",
        ClaimQuantitiesView.as_view(),
        name="claim_quantities",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/dates/",
        ClaimDatesView.as_view(),
        name="claim_dates",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/reviews/", ClaimReviewsView.as_view(), name="claim_reviews"
    ),
    path("projects/<slug:slug>/reviews/", ReviewsView.as_view(), name="reviews"),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/speakers/",
        ClaimSpeakersView.as_view(),
        name="claim_speakers",
    ),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/reviews/<uuid:review>/", ReviewView.as_view(), name="review"
    ),
    path("projects/<slug:slug>/claims/<uuid:uuid>/submission/", SubmissionView.as_view(), name="submission"),
    path("projects/<slug:slug>/actors/", ActorsView.as_view(), name="actors"),
    path("projects/<slug:slug>/actors/<uuid:uuid>/", ActorView.as_view(), name="actor"),
    path(
        "projects/<slug:slug>/actors/<uuid:uuid>/over-time/",
        ActorOverTimeView.as_view(),
        name="actor_over_time",
    ),
    path("projects/<slug:slug>/actors/alike/", LikenessesView.as_view(), name="actors_alike"),
    path("projects/<slug:slug>/actors/compare/", ComparedActorsView.as_view(), name="actors_compared"),
    path("projects/<slug:slug>/actors/merges/", ActorMergesView.as_view(), name="actor_merges"),
    path(
        "projects/<slug:slug>/actors/merges/<uuid:uuid>/undo/",
        UndoneMergeView.as_view(),
        name="actor_merge_undone",
    ),
    path(
        "projects/<slug:slug>/actors/<uuid:uuid>/resolutions/",
        ResolutionsView.as_view(),
        name="actor_resolutions",
    ),
    path(
        "projects/<slug:slug>/actors/resolutions/<uuid:uuid>/undo/",
        UndoneResolutionView.as_view(),
        name="actor_resolution_undone",
    ),
    path("projects/<slug:slug>/codes/", CodesView.as_view(), name="codes"),
    path("projects/<slug:slug>/codes/<uuid:uuid>/", CodeView.as_view(), name="code"),
    path("projects/<slug:slug>/codes/<uuid:uuid>/restore/", RestoredCodeView.as_view(), name="code_restored"),
    path("projects/<slug:slug>/codes/compare/", ComparedCodesView.as_view(), name="codes_compared"),
    path("projects/<slug:slug>/codes/merges/", CodeMergesView.as_view(), name="code_merges"),
    path(
        "projects/<slug:slug>/codes/merges/<uuid:uuid>/undo/",
        UndoneCodeMergeView.as_view(),
        name="code_merge_undone",
    ),
    path("projects/<slug:slug>/events/", EventsView.as_view(), name="events"),
    path("projects/<slug:slug>/events/compare/", ComparedEventsView.as_view(), name="events_compared"),
    path("projects/<slug:slug>/events/merges/", EventMergesView.as_view(), name="event_merges"),
    path(
        "projects/<slug:slug>/events/merges/<uuid:uuid>/undo/",
        UndoneEventMergeView.as_view(),
        name="event_merge_undone",
    ),
    path("projects/<slug:slug>/events/<uuid:uuid>/alike/", AlikeEventsView.as_view(), name="events_alike"),
    path("projects/<slug:slug>/events/<uuid:uuid>/", EventView.as_view(), name="event"),
    path("projects/<slug:slug>/codebook/codes/", CodebookCodesView.as_view(), name="codebook_codes"),
    path(
        "projects/<slug:slug>/codebook/codes/<uuid:uuid>/", CodebookCodeView.as_view(), name="codebook_code"
    ),
    path(
        "projects/<slug:slug>/codebook/codes/<uuid:uuid>/state/", CodeStateView.as_view(), name="code_state"
    ),
    path("projects/<slug:slug>/codebook/codes/<uuid:uuid>/move/", CodeMoveView.as_view(), name="code_move"),
    path("projects/<slug:slug>/codebook/file/", CodebookFileView.as_view(), name="codebook_file"),
    path("projects/<slug:slug>/codebook/file/plan/", CodebookPlanView.as_view(), name="codebook_plan"),
    path(
        "projects/<slug:slug>/claims/<uuid:uuid>/history/", ClaimHistoryView.as_view(), name="claim_history"
    ),
    path(
        "projects/<slug:slug>/actors/<uuid:uuid>/history/", ActorHistoryView.as_view(), name="actor_history"
    ),
    path(
        "projects/<slug:slug>/events/<uuid:uuid>/history/", EventHistoryView.as_view(), name="event_history"
    ),
    path(
        "projects/<slug:slug>/codebook/codes/<uuid:uuid>/history/",
        CodeHistoryView.as_view(),
        name="code_history",
    ),
    path("projects/<slug:slug>/batches/", BatchesView.as_view(), name="batches"),
    path("projects/<slug:slug>/batches/look/", BatchLookView.as_view(), name="batch_look"),
    path("projects/<slug:slug>/batches/<uuid:uuid>/", BatchView.as_view(), name="batch"),
    path("projects/<slug:slug>/batches/<uuid:uuid>/undo/", BatchUndoneView.as_view(), name="batch_undone"),
    path("projects/<slug:slug>/searches/", SavedSearchesView.as_view(), name="saved_searches"),
    path("projects/<slug:slug>/searches/<uuid:uuid>/", SavedSearchView.as_view(), name="saved_search"),
    path("projects/<slug:slug>/releases/", ReleasesView.as_view(), name="releases"),
    path("projects/<slug:slug>/releases/count/", CountedReleaseView.as_view(), name="release_counted"),
    path("projects/<slug:slug>/releases/<int:number>/", ReleaseView.as_view(), name="release"),
    path(
        "projects/<slug:slug>/releases/<int:number>/download/",
        ReleaseFileView.as_view(),
        name="release_download",
    ),
    path(
        "projects/<slug:slug>/releases/<int:number>/workbook/",
        ReleaseWorkbookView.as_view(),
        name="release_workbook",
    ),
    path(
        "projects/<slug:slug>/releases/<int:number>/changes/",
        ReleaseChangesView.as_view(),
        name="release_changes",
    ),
    path(
        "projects/<slug:slug>/releases/<int:number>/changes/download/",
        ReleaseChangesFileView.as_view(),
        name="release_changes_file",
    ),
    path("verify/", VerifyView.as_view(), name="verify"),
    path("projects/<slug:slug>/relations/", RelationsView.as_view(), name="relations"),
    path("projects/<slug:slug>/relations/<uuid:uuid>/", RelationView.as_view(), name="relation"),
    path("projects/<slug:slug>/discussions/", DiscussionsView.as_view(), name="discussions"),
    path(
        "projects/<slug:slug>/discussions/<uuid:uuid>/state/",
        DiscussionStateView.as_view(),
        name="discussion_state",
    ),
    path(
        "projects/<slug:slug>/discussions/<uuid:uuid>/comments/<uuid:comment>/",
        CommentView.as_view(),
        name="comment",
    ),
    path("projects/<slug:slug>/date-words/", DateWordsView.as_view(), name="date_words"),
]
