"""Addresses of what was published, of projects and of the caller's own things."""

from django.urls import path

from .views.articles import ArticlesView, ArticleView, TextsView
from .views.codebook import CodebookView
from .views.intakes import IntakeLinesView, IntakesView, IntakeView
from .views.outlets import OutletsView, OutletView
from .views.projects import MembersView, OneProjectView, ProjectsView
from .views.schema import IndexView, SchemaView
from .views.search import SearchView
from .views.texts import BlocksView, SentencesView, TextView
from .views.tokens import TokensView, TokenView

urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<uuid:uuid>/", TokenView.as_view(), name="token"),
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/<slug:slug>/", OneProjectView.as_view(), name="project"),
    path("projects/<slug:slug>/members/", MembersView.as_view(), name="members"),
    path("projects/<slug:slug>/articles/", ArticlesView.as_view(), name="articles"),
    path("projects/<slug:slug>/articles/<uuid:uuid>/", ArticleView.as_view(), name="article"),
    path("projects/<slug:slug>/articles/<uuid:uuid>/texts/", TextsView.as_view(), name="texts"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/", TextView.as_view(), name="text"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/sentences/", SentencesView.as_view(), name="sentences"),
    path("projects/<slug:slug>/texts/<uuid:uuid>/blocks/", BlocksView.as_view(), name="blocks"),
    path("projects/<slug:slug>/intakes/", IntakesView.as_view(), name="intakes"),
    path("projects/<slug:slug>/intakes/<uuid:uuid>/", IntakeView.as_view(), name="intake"),
    path("projects/<slug:slug>/intakes/<uuid:uuid>/lines/", IntakeLinesView.as_view(), name="intake_lines"),
    path("projects/<slug:slug>/outlets/", OutletsView.as_view(), name="outlets"),
    path("projects/<slug:slug>/outlets/<uuid:uuid>/", OutletView.as_view(), name="outlet"),
    path("projects/<slug:slug>/search/", SearchView.as_view(), name="search"),
    path("projects/<slug:slug>/codebook/", CodebookView.as_view(), name="codebook"),
]
