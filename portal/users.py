"""Accounts in the admin: only an administrator makes administrators, or changes their accounts."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.views.users import CreateView, EditView, UserViewSet


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
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class PortalUserViewSet(UserViewSet):
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView
