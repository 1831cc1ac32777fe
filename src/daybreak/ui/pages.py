"""Pages as they go over the wire: filled in from templates, that escape what they are given, and guarded by
headers that let a browser do no more than a page needs.
"""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

_FOLDER: Final = Path(__file__).parent / "templates"
_STYLE: Final = (_FOLDER / "style.css").read_text()
_STYLE_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_environment: Final = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def page(template: str, status: int = 200, *, also_sends_to: str = "", **values: Any) -> HTMLResponse:
    """A page. Its forms go to this server, and from there perhaps on to `also_sends_to`, an origin."""
    html = _environment.get_template(f"{template}.html").render(style=_STYLE, **values)
    return HTMLResponse(html, status, headers=headers(also_sends_to))


def headers(also_sends_to: str = "") -> Mapping[str, str]:
    forms = f"'self' {also_sends_to}".strip()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; img-src data:; "
        f"form-action {forms}; frame-ancestors 'none'; base-uri 'none'",
        # Addresses of pages hold secrets. With "no-referrer" browsers would not say where a form comes from.
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }


def go_to(address: str) -> Response:
    return RedirectResponse(
        address, 303, headers={"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
    )


def path_within(text: str) -> str:
    """Where somebody wanted to go before they signed in, if that is on this site, else the interface."""
    is_here = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if is_here else "/"
