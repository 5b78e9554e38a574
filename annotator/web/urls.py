"""The addresses people open. Everything a project holds lies under /p/<slug>/."""

from django.urls import path

from .views import (
    accounts,
    articles,
    claims,
    codebook,
    codebook_file,
    events,
    intake,
    project_settings,
    projects,
    reading,
    relations,
    releases,
    review,
    speakers,
    watch_terms,
)

urlpatterns = [
    path("", projects.home, name="home"),
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-in/link/", accounts.sign_in_link, name="sign_in_link"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("p/new/", projects.project_new, name="project_new"),
    path("p/<slug:slug>/", projects.project, name="project"),
    path("p/<slug:slug>/articles/", articles.articles, name="articles"),
    path("p/<slug:slug>/articles/import/", intake.article_import, name="article_import"),
    path("p/<slug:slug>/articles/<uuid:uuid>/", reading.article, name="article"),
    path("p/<slug:slug>/articles/<uuid:uuid>/edit/", articles.article_edit, name="article_edit"),
    path("p/<slug:slug>/claims/", claims.claims, name="claims"),
    path("p/<slug:slug>/speakers/", speakers.speakers, name="speakers"),
    path("p/<slug:slug>/speakers/<uuid:uuid>/", speakers.speaker, name="speaker"),
    path("p/<slug:slug>/events/", events.events, name="events"),
    path("p/<slug:slug>/events/<uuid:uuid>/", events.event, name="event"),
    path("p/<slug:slug>/review/", review.review, name="review"),
    path("p/<slug:slug>/releases/", releases.releases, name="releases"),
    path("p/<slug:slug>/releases/<int:number>/", releases.release, name="release"),
    path("p/<slug:slug>/releases/<int:number>/download/", releases.release_download, name="release_download"),
    path("p/<slug:slug>/codebook/", codebook.codebook, name="codebook"),
    path("p/<slug:slug>/codebook/file/", codebook_file.codebook_file, name="codebook_file"),
    path("p/<slug:slug>/codebook/import/", codebook_file.codebook_import, name="codebook_import"),
    path("p/<slug:slug>/codebook/<uuid:uuid>/", codebook.code, name="code"),
    path("p/<slug:slug>/codebook/<uuid:uuid>/merge/", codebook.code_merge, name="code_merge"),
    path("p/<slug:slug>/codebook/merges/<uuid:uuid>/undo/", codebook.code_merge_undo, name="code_merge_undo"),
    path("p/<slug:slug>/settings/", project_settings.project_settings, name="project_settings"),
    path("p/<slug:slug>/watch-terms/", watch_terms.watch_terms, name="watch_terms"),
    path("p/<slug:slug>/watch-terms/<uuid:uuid>/", watch_terms.watch_term, name="watch_term"),
    path("c/<uuid:uuid>/", claims.claim, name="claim"),
    path("c/<uuid:uuid>/review/", review.claim_review, name="claim_review"),
    path("c/<uuid:uuid>/relations/", relations.claim_relate, name="claim_relate"),
    path(
        "c/<uuid:uuid>/relations/<uuid:relation>/take-back/", relations.claim_unrelate, name="claim_unrelate"
    ),
    path("c/<uuid:uuid>/submit/", review.claim_submit, name="claim_submit"),
]
