"""The web application: which address answers what."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from kg.serve import models, pages
from kg.serve.answers import GRAPHS, TABLES
from kg.serve.gate import Gate
from kg.serve.negotiate import best
from kg.serve.protocol import Refused, asked, body
from kg.serve.replies import broken, invalid, plain, refused, response
from kg.serve.server import Server
from kg.serve.settings import LONGEST_GRAPH, PAGE_ITEMS
from kg.serve.wire import Answer
from kg.store.named import named_queries
from kg.version import __version__
from kg.vocab import prefixes

STATIC = {
    "style.css": "text/css; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "sparql.js": "text/javascript; charset=utf-8",
    "results.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": models.Problem, "description": "What is wrong with the request."},
    "5XX": {"model": models.Problem, "description": "Why there is no answer now."},
}
Limit = Annotated[int, Query(ge=1, le=PAGE_ITEMS, description="Items of a page at most.")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="Where the page starts.")]
Piece = Annotated[str, Query(max_length=500, description="A piece of the name, in any case.")]
Day = Annotated[
    str | None, Query(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$", description="Like 2025-02-17.")
]
Iri = Annotated[str, Query(max_length=4000, description="Its IRI, or what follows the base of it.")]


def application(server: Server) -> Gate:
    """Return the web application of a server."""
    app = FastAPI(
        title="kg serve",
        summary="A knowledge graph made from news, where every fact has a status and its words.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        responses=ERRORS,
    )
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, broken)
    _sparql(app, server)
    _json(app, server)
    _pages(app, server)
    return Gate(app, server.settings.names)


def _sparql(app: FastAPI, server: Server) -> None:
    content: dict[str, Any] = {kind: {} for kind in (*TABLES, *GRAPHS)}
    told: dict[int | str, dict[str, Any]] = {200: {"content": content, "description": "An answer."}}

    @app.api_route("/sparql", methods=["GET", "POST"], tags=["SPARQL"], responses=told)
    async def sparql(request: Request) -> Response:
        """Answer a query, or carry out an update (SPARQL 1.1 Protocol)."""
        found = await asked(request, may_write=server.knows(request))
        accept = request.headers.get("accept")
        if request.method != "POST" and best(accept, [*GRAPHS, "text/html"]) == "text/html":
            hash_ = "#" + request.url.query if found else ""
            return RedirectResponse("/query" + hash_, 303)
        if found is None:
            return _description(request)
        if not found.update:
            return await server.query(request, found)
        server.may_write(request)
        return await server.write(request, "update", found.text.encode())

    @app.api_route("/graph", methods=["GET", "HEAD", "PUT", "POST", "DELETE"], tags=["SPARQL"])
    async def graph(request: Request, graph: Iri = "", default: str | None = None) -> Response:
        """Get, put, add to or delete a named graph (SPARQL 1.1 Graph Store HTTP Protocol)."""
        if bool(graph) == (default is not None):
            raise Refused(400, "Name a graph by ?graph=IRI, or the merged knowledge by ?default.")
        if request.method in ("GET", "HEAD"):
            accept = request.headers.get("accept")
            return await server.read(request, "graph", iri=graph, accept=accept)
        server.may_write(request)
        if not graph:
            raise Refused(
                403, "The default graph is worked out from the named graphs; write those."
            )
        if request.method == "DELETE":
            return await server.write(request, "delete", b"", iri=graph)
        kind = request.headers.get("content-type", "text/turtle").partition(";")[0].strip()
        data = await body(request, LONGEST_GRAPH)
        add = request.method == "POST"
        return await server.write(request, "put", data, iri=graph, kind=kind, add=add)


def _json(app: FastAPI, server: Server) -> None:
    base = server.settings.base

    @app.get("/api/entities", response_model=models.Entities, tags=["JSON"])
    async def entities(
        request: Request, name: Piece = "", type: Piece = "", limit: Limit = 100, offset: Offset = 0
    ) -> Response:
        """List people, countries, organizations, places, events and groups by name."""
        return await server.read(
            request, "entities", name=name, kind=type, limit=limit, offset=offset
        )

    @app.get("/api/entities/{id:path}", response_model=models.EntityInFull, tags=["JSON"])
    async def entity(request: Request, id: Annotated[str, Path(max_length=4000)]) -> Response:
        """Return one of them, by IRI or by what follows the base in it (person/keir-starmer)."""
        return await server.read(request, "entity", iri=_full(id, base))

    @app.get("/api/relations", response_model=models.Facts, tags=["JSON"])
    async def relations(  # noqa: PLR0917  # fields of a request
        request: Request,
        entity: Iri = "",
        subject: Iri = "",
        object: Iri = "",
        type: Annotated[str, Query(max_length=100, description="Like metWith.")] = "",
        status: Annotated[str, Query(max_length=100)] = "",
        document: Annotated[str, Query(max_length=4000, description="Its id or IRI.")] = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Response:
        """List what documents say of whom, with status and words; ``entity`` is either side."""
        return await server.read(
            request,
            "relations",
            entity=_full(entity, base),
            subject=_full(subject, base),
            object=_full(object, base),
            relation=type,
            status=status,
            document=document,
            limit=limit,
            offset=offset,
        )

    @app.get("/api/documents", response_model=models.Documents, tags=["JSON"])
    async def documents(
        request: Request, name: Piece = "", limit: Limit = 100, offset: Offset = 0
    ) -> Response:
        """List the documents, the newest first."""
        return await server.read(request, "documents", name=name, limit=limit, offset=offset)

    @app.get("/api/documents/{id:path}", response_model=models.Record, tags=["JSON"])
    async def document(request: Request, id: Annotated[str, Path(max_length=4000)]) -> Response:
        """Return a document with all that was found in it, by id, IRI or sha256 of its text."""
        return await server.read(request, "document", name=id)

    @app.get("/api/state", response_model=models.State, tags=["JSON"])
    async def state() -> models.State:
        """Return a word that is another one whenever the graph has changed, and its page's."""
        graph, drawn = await server.state()
        return models.State(state=graph, page=drawn)

    @app.get("/api/queries", response_model=models.Questions, tags=["JSON"])
    async def queries() -> models.Questions:
        """List the queries that come with the package, and the prefixes that need no declaring."""
        settings = server.settings
        known = [
            models.Question(
                name=query.name,
                question=query.question,
                parameters=query.parameters,
                text=query.text,
            )
            for query in named_queries().values()
        ]
        return models.Questions(
            base=base,
            prefixes=prefixes(base),
            queries=known,
            seconds=settings.seconds,
            rows=settings.rows,
        )


def _pages(app: FastAPI, server: Server) -> None:
    base = server.settings.base
    html: dict[str, Any] = {"response_class": Response, "include_in_schema": False}

    @app.get("/", **html)
    async def page(
        request: Request,
        focus: Iri = "",
        since: Day = None,
        until: Day = None,
    ) -> Response:
        if not (focus or since or until):
            return await server.page(request)
        return await server.part(request, focus=focus or None, since=since, until=until)

    @app.get("/query", **html)
    async def editor(request: Request) -> Response:
        return response(Answer(pages.editor(), "text/html; charset=utf-8"), request)

    @app.get("/browse", **html)
    async def browse(
        request: Request,
        q: Piece = "",
        type: Piece = "",
        list: Piece = "",
        offset: Annotated[int, Query(alias="from", ge=0, le=10**9)] = 0,
    ) -> Response:
        many = list == "documents"
        given = {"name": q, "kind": type, "documents": many, "offset": offset}
        return await server.read(request, "browse", **given)

    forms = ["text/html", *GRAPHS, "application/json"]
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": "A thing or document.", "content": {form: {} for form in forms}}
    }

    @app.get("/id/{id:path}", tags=["Linked data"], response_class=Response, responses=told)
    async def resource(request: Request, id: Annotated[str, Path(max_length=4000)]) -> Response:
        """Return what has the IRI of the base and ``id``: as a page, Turtle, JSON-LD, JSON..."""
        accept = request.headers.get("accept", "text/html")
        return await server.read(request, "resource", iri=base + id, accept=accept)

    @app.get("/entity", tags=["Linked data"], response_class=Response, responses=told)
    async def foreign(request: Request, iri: Iri) -> Response:
        """Return what has an IRI that is not under the base of the graph."""
        accept = request.headers.get("accept", "text/html")
        return await server.read(request, "resource", iri=iri, accept=accept)

    @app.get("/static/{name}", **html)
    async def static(request: Request, name: str) -> Response:
        if name not in STATIC:
            raise Refused(404, "There is no such file.")
        answer = Answer(_file(name), STATIC[name], headers={"cache-control": "max-age=300"})
        return response(answer, request)


@cache
def _file(name: str) -> bytes:
    return (files("kg.serve") / "static" / name).read_bytes()


def _full(name: str, base: str) -> str:
    """Return an IRI, given that or what follows the base in it."""
    return name if not name or "://" in name else base + name


def _description(request: Request) -> Response:
    """Return what this endpoint can do (SPARQL 1.1 Service Description)."""
    where = str(request.url.replace(query=""))
    names = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "Turtle")
    formats = [f"<http://www.w3.org/ns/formats/{name}>" for name in names]
    lines = [
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .",
        f"<{where}> a sd:Service ; sd:endpoint <{where}> ; sd:supportedLanguage sd:SPARQL11Query ;",
        f"    sd:resultFormat {', '.join(formats)} ;",
        "    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .",
        "",
    ]
    return Response("\n".join(lines), media_type="text/turtle")
