"""Addresses of what was published, of projects and of the caller's own things."""

from django.urls import path

from .views.articles import ArticlesView, ArticleView, TextsView
from .views.carrying import CarryingLookView, CarryingUnitView, CarryingView
from .views.codebook import CodebookView
from .views.columns import ColumnMappingsView, ColumnMappingView, IntakeColumnsView
from .views.histories import ProjectHistoryFileView, ProjectHistoryView
from .views.intakes import IntakeDeedView, IntakeLinesView, IntakesView, IntakeView, TakenAgainView
from .views.members import InvitationsView, InvitationView, MembersView, MemberView
from .views.outlet_merges import MergedOutletsView, OutletMergesView, UndoneOutletMergeView
from .views.outlets import OutletsView, OutletView
from .views.own_histories import ArticleHistoryView, OutletHistoryView
from .views.projects import OneProjectView, ProjectsView
from .views.reprints import ReprintsView, ReprintView, TextsComparedView
from .views.schema import IndexView, SchemaView
from .views.search import SearchView
from .views.segmentations import SegmentationsView
from .views.standing import ProjectExportView, ProjectStateView, PurgeView
from .views.texts import BlocksView, RawTextView, SentencesView, TextView
from .views.tokens import TokensView, TokenView

urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<uuid:uuid>/", TokenView.as_view(), name="token"),
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/<slug:slug>/", OneProjectView.as_view(), name="project"),
    path("projects/<slug:slug>/state/", ProjectStateView.as_view(), name="project_state"),
    path("projects/<slug:slug>/export/", ProjectExportView.as_view(), name="project_export"),
    path("projects/<slug:slug>/purge/", PurgeView.as_view(), name="project_purge"),
    path("projects/<slug:slug>/history/", ProjectHistoryView.as_view(), name="project_history"),
    path(
        "projects/<slug:slug>/history/download/",
        ProjectHistoryFileView.as_view(),
        name="project_history_file",
    ),
    path("projects/<slug:slug>/sentences/", SegmentationsView.as_view(), name="segmentations"),
    path("projects/<slug:slug>/members/", MembersView.as_view(), name="members"),
    path("projects/<slug:slug>/members/<str:username>/", MemberView.as_view(), name="member"),
    path("projects/<slug:slug>/invitations/", InvitationsView.as_view(), name="invitations"),
    path("projects/<slug:slug>/invitations/<uuid:uuid>/", InvitationView.as_view(), name="invitation"),
    path("projects/<slug:slug>/articles/", ArticlesView.as_view(), name="articles"),
    path("projects/<slug:slug>/articles/<uuid:uuid>/", ArticleView.as_view(), name="article"),
    path(
        "projects/<slug:slug>/articles/<uuid:uuid>/history/",
        ArticleHistoryView.as_view(),
        name="article_history",
    ),
    path("projects/<slug:slug>/articles/<uuid:uuid>/again/", TakenAgainView.as_view(), name="taken_again"),
    path("projects/<slug:slug>/articles/<uuid:uuid>/carrying/", CarryingView.as_view(), name="carrying"),
    path(
        "projects/<slug:slug>/articles/<uuid:uuid>/carrying/look/",
        CarryingLookView.as_view(),
        name="carrying_looked",
    ),
    path(
        "projects/<slug:slug>/articles/<uuid:uuid>/carrying/<uuid:unit>/",
        CarryingUnitView.as_view(),
        name="carrying_unit",
    ),
    path(
        "projects/<slug:slug>/articles/<uuid:uuid>/reprints/<uuid:other>/",
        ReprintView.as_view(),
        name="reprint",
    ),
    path(
        "projects/<slug:slug>/articles/<uuid:uuid>/compare/",
        TextsComparedView.as_view(),
        name="texts_compared",
    ),
    path("projects/<slug:slug>/reprints/", ReprintsView.as_view(), name="reprints"),
    path("projects/<slug:slug>/articles/<uuid:uuid>/texts/", TextsView.as_view(), name="texts"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/", TextView.as_view(), name="text"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/raw/", RawTextView.as_view(), name="text_raw"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/sentences/", SentencesView.as_view(), name="sentences"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/blocks/", BlocksView.as_view(), name="blocks"),
    path("projects/<slug:slug>/intakes/", IntakesView.as_view(), name="intakes"),
    path("projects/<slug:slug>/intakes/<uuid:uuid>/", IntakeView.as_view(), name="intake"),
    path("projects/<slug:slug>/columns/", ColumnMappingsView.as_view(), name="column_mappings"),
    path("projects/<slug:slug>/columns/<uuid:uuid>/", ColumnMappingView.as_view(), name="column_mapping"),
    path(
        "projects/<slug:slug>/intakes/<uuid:uuid>/columns/",
        IntakeColumnsView.as_view(),
        name="intake_columns",
    ),
    path("projects/<slug:slug>/intakes/<uuid:uuid>/deeds/", IntakeDeedView.as_view(), name="intake_deed"),
    path("projects/<slug:slug>/intakes/<uuid:uuid>/lines/", IntakeLinesView.as_view(), name="intake_lines"),
    path("projects/<slug:slug>/outlets/", OutletsView.as_view(), name="outlets"),
    path("projects/<slug:slug>/outlets/<uuid:uuid>/", OutletView.as_view(), name="outlet"),
    path(
        "projects/<slug:slug>/outlets/<uuid:uuid>/history/",
        OutletHistoryView.as_view(),
        name="outlet_history",
    ),
    path("projects/<slug:slug>/outlets/merges/", OutletMergesView.as_view(), name="outlet_merges"),
    path(
        "projects/<slug:slug>/outlets/<uuid:uuid>/merged/", MergedOutletsView.as_view(), name="outlets_merged"
    ),
    path(
        "projects/<slug:slug>/outlets/<uuid:uuid>/unmerge/",
        UndoneOutletMergeView.as_view(),
        name="outlet_merge_undone",
    ),
    path("projects/<slug:slug>/search/", SearchView.as_view(), name="search"),
    path("projects/<slug:slug>/codebook/", CodebookView.as_view(), name="codebook"),
]
