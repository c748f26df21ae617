"""The API is what its own description says: tried by schemathesis with good and bad requests on every operation."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot import settings as program_settings
from bot.desk.app import make

SCHEMA = schemathesis.openapi.from_dict(make(program_settings.load()).openapi())
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.mark.filterwarnings("ignore")
@SCHEMA.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_every_operation_keeps_to_its_description(case, served):
    """No request makes a server error, and every answer is one that is described."""
    key = served.keys["hall", "all"]

    case.call_and_validate(base_url=served.base, headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)
