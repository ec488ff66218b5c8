"""Addresses of a person's own data; signing in and up is allauth's."""

from django.urls import path

from accounts.views.profile import my_profile

urlpatterns = [path("my/profile/", my_profile, name="my_profile")]
