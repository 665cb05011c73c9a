"""The API's own description, tried with whatever may be sent: no answer is ever the fault of the server."""

from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from tsunagari.directory.api import openapi

HOST = "http://testserver"
EXAMPLES = 20  # of each operation in each mode


def _operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(openapi.document(f"{HOST}/hsds"))
    return [result.ok() for result in schema.get_all_operations()]


def _answer(client: Client, case: Any) -> Any:
    asked = requests.Request(**case.as_transport_kwargs(base_url=f"{HOST}/hsds")).prepare()
    body = asked.body.encode("utf-8", "replace") if isinstance(asked.body, str) else asked.body or b""
    kind = asked.headers.get("Content-Type", "application/octet-stream")
    kind = kind.decode("latin-1") if isinstance(kind, bytes) else kind
    return client.generic(asked.method, asked.path_url, body, content_type=kind)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", _operations(), ids=lambda one: one.label)
def test_no_question_to_the_api_breaks_it(client: Client, shelf: Any, operation: Any, mode: GenerationMode) -> None:
    client.raise_request_exception = False

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        assert _answer(client, case).status_code < 500, case.as_curl_command()

    ask()
