"""The people who work in the admin: one of each group."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from portal.roles import AUTHOR, EDITOR, MANAGER


@dataclass(frozen=True)
class Person:
    """Somebody with an account, as the login form wants to know them."""

    username: str
    group: str
    password: str = "a long walk over the prairie"


ANA = Person("ana", AUTHOR)
EDDA = Person("edda", EDITOR)
MARTA = Person("marta", MANAGER)


def make_people() -> None:
    for person in (ANA, EDDA, MARTA):
        account = get_user_model().objects.create_user(
            person.username,
            f"{person.username}@results.test",
            person.password,
            first_name=person.username.title(),
            last_name=person.group,
        )
        account.groups.add(Group.objects.get(name=person.group))
