"""Forms about an account."""

from django import forms


class SignupForm(forms.Form):
    """allauth adds address and password."""

    def signup(self, request, user):
        """Nothing more is asked at sign-up."""
