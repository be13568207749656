"""Answers as HTTP, and problems in the words and the form that a client reads."""

from __future__ import annotations

import json
import traceback

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serve import pages
from kg.serve.protocol import Refused
from kg.serve.wire import PROBLEM, Answer


def response(answer: Answer, request: Request) -> Response:
    """Return an answer as HTTP; a problem as a plain sentence to who does not read JSON."""
    body, kind = answer.body, answer.kind
    headers = {"cache-control": "no-cache", "vary": "accept", **answer.headers}
    if kind == PROBLEM:
        return _problem(answer, request)
    if answer.status == 204:
        return Response(status_code=204, headers=headers)
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    headers["content-type"] = kind
    return Response(body, answer.status, headers)


def _problem(answer: Answer, request: Request) -> Response:
    headers = {"cache-control": "no-store", "vary": "accept", **answer.headers}
    accept = request.headers.get("accept", "")
    ours = request.url.path.startswith("/api/")
    detail = json.loads(answer.body)["detail"]
    if ours or "application/json" in accept or PROBLEM in accept:
        headers["content-type"] = PROBLEM
        return Response(answer.body, answer.status, headers)
    if "text/html" in accept:
        headers["content-type"] = "text/html; charset=utf-8"
        return Response(pages.problem(answer.status, detail), answer.status, headers)
    headers["content-type"] = "text/plain; charset=utf-8"
    return Response(detail + "\n", answer.status, headers)


async def refused(request: Request, error: Exception) -> Response:
    """Answer a request that was refused."""
    assert isinstance(error, Refused)
    found = Answer.problem(error.status, error.detail)
    return _problem(Answer(found.body, found.kind, found.status, error.headers), request)


async def invalid(request: Request, error: Exception) -> Response:
    """Answer a request with a parameter that does not hold."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = str(first["loc"][-1])
    return _problem(Answer.problem(400, f"{where}: {first['msg']}."), request)


async def plain(request: Request, error: Exception) -> Response:
    """Answer a request for an address or a method that there is not."""
    assert isinstance(error, HTTPException)
    said = {404: "There is nothing at this address.", 405: "This address does not take that."}
    found = Answer.problem(error.status_code, said.get(error.status_code, str(error.detail)))
    headers = dict(error.headers or {})
    return _problem(Answer(found.body, found.kind, found.status, headers), request)


async def broken(request: Request, error: Exception) -> Response:
    """Answer a request that met a defect of ours."""
    traceback.print_exception(error)  # where the server writes, for who runs it
    said = f"This is a defect in kg ({type(error).__name__}); please report it to the project."
    return _problem(Answer.problem(500, said), request)
