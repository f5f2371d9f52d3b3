"""People with an account."""

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


class UserFactory(factory.django.DjangoModelFactory):
    """A user; `group="Editor"` puts them into that group."""

    username = factory.Sequence(lambda number: f"person{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@results.test")

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    @factory.post_generation
    def group(user, create: bool, name: str | None, **kwargs) -> None:  # noqa: N805 - factory_boy's way
        if name:
            user.groups.add(Group.objects.get(name=name))
