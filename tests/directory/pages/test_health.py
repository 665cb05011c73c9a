"""For machines that watch over us."""

from django.test import Client


def test_the_process_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


def test_it_is_ready_when_the_tables_are_there(client: Client, db: None) -> None:
    assert client.get("/readyz").status_code == 200


def test_crawlers_stay_out_of_what_people_look_for(client: Client) -> None:
    assert "Disallow: /find/" in client.get("/robots.txt").content.decode()
