"""What people with an account can do about it, as far as the deployment keeps the promise."""

import pytest
from django.test import Client

from tests import factories
from tests.faults import soup_of
from tests.forms import fields_of


def test_picture_of_an_account_is_shown(log_in, author, client: Client) -> None:
    editing = log_in(author)
    form = fields_of(editing.get("/admin/account/").content.decode(), "w-editor-form")
    form |= {"name_email-first_name": "Ana", "name_email-last_name": "Diaz", "avatar-avatar": factories.picture_file()}
    assert editing.post("/admin/account/", form).status_code == 302
    picture = soup_of(editing.get("/admin/account/").content.decode()).select_one("img[src*=avatar_images]")
    assert client.get(picture["src"]).status_code == 200


def test_no_mail_is_promised_without_a_mail_server(client: Client) -> None:
    assert "Forgot" not in client.get("/admin/login/").content.decode()
    assert client.get("/admin/password_reset/").status_code == 404


def test_forgotten_password_is_reset_by_mail(client: Client, settings, author, mailoutbox) -> None:
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    author.set_password("forgotten, alas")
    author.save()
    client.post("/admin/password_reset/", {"email": author.email})
    assert [mail.to for mail in mailoutbox] == [[author.email]]


@pytest.mark.parametrize("number", [2, 5])
def test_new_topic_goes_to_the_end(client: Client, number: int) -> None:
    topics = [factories.TopicFactory(name=name) for name in "EDCBA"[:number]]
    assert [topic.sort_order for topic in topics] == list(range(1, number + 1))
    options = soup_of(client.get("/updates/").content.decode()).select("#filter-topic option")
    assert [option.get_text() for option in options[1:]] == list("EDCBA"[:number])
