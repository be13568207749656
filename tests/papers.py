"""PDF written by hand, so that a test can put in it what no honest program would."""

from __future__ import annotations


def stream(data: bytes, more: str = "") -> bytes:
    """Return a stream."""
    head = f"<< /Length {len(data)} {more} >>\nstream\n"
    return head.encode() + data + b"\nendstream"


def shown(*lines: str, size: float = 12, mode: int = 0, left: float = 72, top: float = 720) -> str:
    """Return what draws lines of text under one another."""
    drawn = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 {size} Tf {mode} Tr {1.2 * size} TL {left} {top} Td {drawn} ET\n"


def paper(
    *pages: str | bytes,
    catalog: str = "",
    trailer: str = "",
    more: dict[int, bytes] | None = None,
    kids: str | None = None,
    page: str = "",
) -> bytes:
    """Return a PDF: 1 is its catalog, 2 its page tree, 3 its font, from 10 on pages and contents.

    ``more`` are objects of other numbers, from 4 to 9.
    """
    numbers = range(10, 10 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers) if kids is None else kids
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(more or {}),
    }
    for number, content in zip(numbers, pages, strict=True):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {page} >>"
        ).encode()
        objects[number + 1] = (
            stream(content.encode("cp1252")) if isinstance(content, str) else content
        )
    data, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += f"{number} 1\n{place:010} 00000 n \n".encode()
    end = (
        f"trailer << /Size {max(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    )
    return data + end.replace("@START", str(start)).encode()
