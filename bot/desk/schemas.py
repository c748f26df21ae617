"""What OpenAPI says of requests and answers that the routes build by themselves."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.engine.model import State


class _Open(BaseModel):
    """Members may be added; none is renamed."""

    model_config = ConfigDict(extra="allow")


class Received(_Open):
    """A case that is safely stored."""

    case: str
    status: State


class Acted(_Open):
    """A case after a person's act."""

    case: str
    status: State
    version: int


class Brief(_Open):
    """A case as it is listed."""

    case: str
    status: State
    version: int
    reference: str
    portal: str
    priority: int
    created_at: str
    changed_at: str


class Case(Brief):
    """A case; with the scope read also all that `process --json` prints."""

    clock: dict[str, Any] | None
    why_not_automatic: list[str]


class Page(_Open):
    """A page of cases."""

    cases: list[Brief]
    next: str | None


class Resent(_Open):
    """How many messages are sent again."""

    case: str
    messages: int


class NameAnswer(_Open):
    """A checked name, as `zeromeet name check` prints it."""

    name: str
    outcome: str
    hits: list[dict[str, Any]]
    suggestions: list[dict[str, Any]]
    ms: float


_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1, "maxItems": 200}
_METADATA = {
    "type": "string",
    "contentMediaType": "application/json",
    "description": "JSON: reference, region (6 digits), portal, priority (1 first … 9), callback_url (https)",
}


def _form(**properties: Any) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["files"],
        "properties": properties,
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


CASE_FORM = _form(files=_FILES, metadata=_METADATA)
FILES_FORM = _form(files=_FILES)
