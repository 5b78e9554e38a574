"""Where the pages and the API meet; nothing else imports both."""

from django.urls import include, path

from annotator.api.views.reference import reference, reference_of, tutorial

urlpatterns = [
    path("api/", reference, name="api_reference"),
    path("api/of/<str:group>/", reference_of, name="api_reference_of"),
    path("api/tutorial/", tutorial, name="api_tutorial"),
    path("api/v1/", include("annotator.api.urls")),
    path("", include("annotator.web.urls")),  # last: programs need not be held against every page's address
]

handler400 = "annotator.web.views.errors.bad_request"
handler403 = "annotator.web.views.errors.forbidden"
handler404 = "annotator.web.views.errors.not_found"
handler429 = "annotator.web.views.errors.too_often"  # allauth's, where a rate is exceeded
handler500 = "annotator.web.views.errors.broken"
