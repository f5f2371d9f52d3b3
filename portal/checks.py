"""Rules of the house that a machine can check, run by `manage.py check`."""

from django.apps import apps
from django.core.checks import Error, Tags, register

from portal.models import BasePage


def our_page_models() -> list[type[BasePage]]:
    """Every concrete page type of the portal."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


@register(Tags.models)
def every_page_type_explains_itself(app_configs, **kwargs) -> list[Error]:
    """An editor chooses a page type by its description."""
    return [
        Error(f"{model.__name__} needs a page_description.", obj=model, id="portal.E001")
        for model in our_page_models()
        if not model.page_description
    ]


@register(Tags.models)
def every_page_type_knows_its_parents(app_configs, **kwargs) -> list[Error]:
    """A page type without parent_page_types could be put anywhere in the tree."""
    return [
        Error(f"{model.__name__} needs parent_page_types of its own.", obj=model, id="portal.E002")
        for model in our_page_models()
        if "parent_page_types" not in vars(model)
    ]
