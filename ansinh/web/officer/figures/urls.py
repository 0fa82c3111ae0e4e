"""Addresses of the numbers that directors steer by."""

from __future__ import annotations

from django.urls import URLPattern, path

from ansinh.web.officer.figures import electronic, forecast, pages

app_name = "figures"

urlpatterns: list[URLPattern] = [
    path("can-bo/so-lieu", pages.dashboard_page, name="dashboard"),
    path("can-bo/so-lieu/tai", pages.dashboard_file, name="dashboard-file"),
    path("can-bo/so-lieu/giao-dich-dien-tu", electronic.electronic, name="electronic"),
    path("can-bo/so-lieu/giao-dich-dien-tu/tai", electronic.electronic_file, name="electronic-file"),
    path("can-bo/so-lieu/giao-dich-dien-tu/don-doc", electronic.urging_letter, name="urging-letter"),
    path("can-bo/so-lieu/du-bao", forecast.forecast, name="forecast"),
]
