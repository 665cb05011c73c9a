"""B7. A referral made and accepted over HTTP (session, CSRF, audit, outbox, transaction), in CPU time of hello."""

import http.client
import json
import statistics
from typing import Any
from urllib.parse import urlencode

from bench import towns
from bench.load import Server
from bench.towns import Town

Found = dict[str, Any]
EACH = 60  # referrals a round
_CSRF = "p" * 32
_PLACE = "npo-hidamari"

_BEGIN = """
import json, secrets
from tests import cast
from tsunagari.referrals.actions import slips
made = cast.make()
sender, miki = made.organization("city-welfare"), made.actor("miki")
plain, texts = {{"category": "talk_partner", "area": "飾磨"}}, {{"name": "花子（架空）", "wish": "話したい"}}
begun = [slips.begin(sender, plain=plain, texts=texts, key=secrets.token_hex(8), by=miki).pk for _ in range({each})]
print(json.dumps({{
    "slips": [str(pk) for pk in begun], "place": str(made.organization("npo-hidamari").pk),
    "sessions": {{name: made.client(name).cookies["sessionid"].value for name in ("miki", "oshio")}},
}}))
"""
_SEND = """
from datetime import timedelta
from django.utils.timezone import localdate
from tests import cast
from tsunagari.referrals.actions import consents, referring
from tsunagari.referrals.models import Referral
from tsunagari.referrals.terms import AskedHow, RoomAnswer
made = cast.make()
miki, oshio, until = made.actor("miki"), made.actor("oshio"), localdate() + timedelta(days=90)
for referral in Referral.objects.filter(state="asked"):
    referring.answer_room(referral, room=RoomAnswer.HAS_ROOM, by=oshio)
    answers = {("wish", "arrange"): True}
    consents.ask(referral.slip, referral.receiver, answers=answers, until=until, how=AskedHow.ALOUD, by=miki)
    referring.send(referral, by=miki)
"""


def _post(server: Server, session: str, path: str, **values: str) -> str:
    """One form, as a browser sends it; anything but a redirect ends the benchmark."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={_CSRF}", "X-CSRFToken": _CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    line.request("POST", path, urlencode(values), headers)
    answer = line.getresponse()
    text = answer.read()
    line.close()
    if answer.status != 302:
        raise SystemExit(f"{path}: {answer.status} {text[:2000]!r}")
    return answer.headers["Location"]


def _round(town: Town, web: Server, hello: Server) -> tuple[float, float, float]:
    """CPU milliseconds: to make one, to accept one, to say hello once."""
    made = json.loads(towns.python(_BEGIN.format(each=EACH), town.environment).splitlines()[-1])
    miki, oshio, before = made["sessions"]["miki"], made["sessions"]["oshio"], web.cpu_seconds()
    pages = [_post(web, miki, f"/net/slips/{pk}/referrals/", receiver=made["place"]) for pk in made["slips"]]
    created = web.cpu_seconds() - before
    towns.python(_SEND, town.environment)
    before = web.cpu_seconds()
    for page in pages:
        _post(web, oshio, page.partition("?")[0] + "acceptance/")
    accepted = web.cpu_seconds() - before
    before = hello.cpu_seconds()
    for _ in range(EACH * 10):
        hello.get("/")
    greeted = (hello.cpu_seconds() - before) / 10
    return created / EACH * 1000, accepted / EACH * 1000, greeted / EACH * 1000


def create_and_accept(town: Town, rounds: int, seconds: float) -> Found:
    """B7. The sum of the two acts, and each by itself, in hellos under our own middleware."""
    with towns.web(town) as web, towns.web(town, settings="bench.hello_settings") as hello:
        _round(town, web, hello)
        found = [_round(town, web, hello) for _ in range(rounds)]
    return {
        "times_hello": round(statistics.median((a + b) / c for a, b, c in found), 2),
        "times_hello_each": round(statistics.median((a + b) / 2 / c for a, b, c in found), 2),
        "create_ms": round(statistics.median(a for a, _, _ in found), 3),
        "accept_ms": round(statistics.median(b for _, b, _ in found), 3),
        "hello_ms": round(statistics.median(c for _, _, c in found), 3),
    }
