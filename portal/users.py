"""Accounts in the admin: only an administrator makes administrators, or changes their accounts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.views.users import CreateView, EditView, UserViewSet


def refuse_administrators(user: AbstractUser, accounts: Iterable[Any]) -> None:
    """Raises PermissionDenied when there are administrators among the accounts and the user is none."""
    if not user.is_superuser and any(getattr(account, "is_superuser", False) for account in accounts):
        raise PermissionDenied


class WithoutAdministrators:
    """Takes the administrator box off the form of whoever is none: a manager could tick it for himself."""

    def get_form(self, *args, **kwargs) -> forms.ModelForm:
        form = super().get_form(*args, **kwargs)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class PortalUserCreateView(WithoutAdministrators, CreateView):
    pass


class PortalUserEditView(WithoutAdministrators, EditView):
    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        """Raises PermissionDenied for an administrator's account: a new password would open it."""
        super().setup(request, *args, **kwargs)
        refuse_administrators(request.user, [self.object])


class PortalUserViewSet(UserViewSet):
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView
    # A form that is sent to the address of a copy changes the original.
    copy_view_enabled = False
