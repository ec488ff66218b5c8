"""Addresses of the door: short, because they are opened on phones."""

from django.urls import path

from enrollments.views.door.arriving import door_code, door_heads, door_walk_in
from enrollments.views.door.device import door_marks
from enrollments.views.door.elsewhere import (
    door_elsewhere,
    door_made_up,
    door_not_made_up,
)
from enrollments.views.door.page import door, door_clash, door_mark, door_person
from enrollments.views.door.wall import door_key, door_wall, door_worker
from enrollments.views.here import application_absence, application_here, here

urlpatterns = [
    path("door/worker.js", door_worker, name="door_worker"),
    path("door/<int:pk>/", door, name="door"),
    path("door/<int:pk>/mark/", door_mark, name="door_mark"),
    path("door/<int:pk>/marks/", door_marks, name="door_marks"),
    path("door/<int:pk>/people/<int:person>/", door_person, name="door_person"),
    path("door/<int:pk>/clashes/<int:mark>/", door_clash, name="door_clash"),
    path("door/<int:pk>/code/", door_code, name="door_code"),
    path("door/<int:pk>/walk-in/", door_walk_in, name="door_walk_in"),
    path("door/<int:pk>/elsewhere/", door_elsewhere, name="door_elsewhere"),
    path("door/<int:pk>/elsewhere/<int:person>/", door_made_up, name="door_made_up"),
    path(
        "door/<int:pk>/elsewhere/<int:person>/not/",
        door_not_made_up,
        name="door_not_made_up",
    ),
    path("door/<int:pk>/heads/", door_heads, name="door_heads"),
    path("door/<int:pk>/key/", door_key, name="door_key"),
    path("door/<int:pk>/wall/", door_wall, name="door_wall"),
    path("here/<str:key>/", here, name="here"),
    path(
        "applications/<str:token>/sessions/<int:pk>/here/",
        application_here,
        name="application_here",
    ),
    path(
        "applications/<str:token>/sessions/<int:pk>/absence/",
        application_absence,
        name="application_absence",
    ),
]
