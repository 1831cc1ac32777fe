"""An OpenAPI document as one page of HTML to browse and search: nothing is loaded from elsewhere."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import msgspec

from daybreak.platform.columns import Json

_STYLE = """
:root {
  color-scheme: light dark;
  --line: color-mix(in srgb, currentColor 18%, transparent);
  --faint: color-mix(in srgb, currentColor 65%, transparent);
}
* { box-sizing: border-box }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
header { position: sticky; top: 0; z-index: 1; background: Canvas; border-bottom: 1px solid var(--line) }
header { padding: .75rem 0 }
h1 { font-size: 1.3rem; margin: 0 0 .5rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
h3 { font-size: .8rem; margin: 1rem 0 .25rem; color: var(--faint) }
input { font: inherit; width: 100%; padding: .45rem .7rem; border: 1px solid var(--line) }
input, details { border-radius: 6px }
nav { font-size: .9rem; margin-top: .5rem }
nav a { margin-right: .8rem; white-space: nowrap }
section, details { scroll-margin-top: 11rem }
details { border: 1px solid var(--line); margin: .4rem 0 }
details:target { outline: 2px solid Highlight }
summary { cursor: pointer; padding: .5rem .75rem; display: flex; flex-wrap: wrap; gap: .25rem .75rem }
details > div { padding: 0 .75rem .75rem; overflow-x: auto }
code { font: .87em ui-monospace, monospace; overflow-wrap: anywhere }
.method { font-weight: 600; min-width: 4.2em }
.note { color: var(--faint) }
table { border-collapse: collapse; width: 100% }
td { border-top: 1px solid var(--line); padding: .3rem .6rem .3rem 0; vertical-align: top }
td:first-child { width: 30% }
"""

_SCRIPT = """
const box = document.querySelector("input");
const folds = [...document.querySelectorAll("details")];
const sections = [...document.querySelectorAll("section")];
box.addEventListener("input", () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const fold of folds) fold.hidden = !words.every((word) => fold.dataset.words.includes(word));
  for (const section of sections) section.hidden = !section.querySelector("details:not([hidden])");
});
const openTarget = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") target.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();
"""

_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "{} characters or more",
    "maxLength": "up to {} characters",
    "minItems": "{} items or more",
    "maxItems": "up to {} items",
    "pattern": "matching {}",
    "default": "default {}",
}


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """The page, and the content security policy that lets nothing run but its own script."""

    html: bytes
    policy: str


def represent_page(document: Mapping[str, Json]) -> ReferencePage:
    info = document["info"]
    tags = [tag["name"] for tag in document["tags"]]
    title = escape(f"{info['title']} {info['version']}: API reference")
    index = "".join(f'<a href="#{_anchor(tag)}">{escape(tag)}</a>' for tag in tags)
    body = "".join(_represent_tag(document, tag) for tag in tags)
    text = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>
<body><main><header><h1>{title}</h1>
<input type="search" placeholder="Search: deployments, PATCH, tokens…" aria-label="Search the reference">
<nav>{index}<a href="#schemas">Schemas</a> <a href="api/v2/openapi.json">OpenAPI document</a></nav></header>
<p>{escape(info["description"])} Send an access token alone in the <code>Authorization</code> header.</p>
{body}{_represent_schemas(document["components"]["schemas"])}</main><script>{_SCRIPT}</script></body></html>
"""
    return ReferencePage(text.encode(), _policy())


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _represent_tag(document: Mapping[str, Json], tag: str) -> str:
    operations = "".join(
        _represent_operation(document, method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if tag in operation["tags"]
    )
    return f'<section id="{_anchor(tag)}"><h2>{escape(tag)}</h2>{operations}</section>'


def _represent_operation(document: Mapping[str, Json], method: str, path: str, operation: Json) -> str:
    name = operation["operationId"]
    heading = (
        f'<code class="method">{method}</code> <code>{escape(path)}</code> '
        f'<span class="note">{escape(operation["summary"])}</span>'
    )
    parts = [f'<p class="note">{escape(name)}{_represent_needs(operation)}</p>']
    if operation["parameters"]:
        rows = (_represent_parameter(_resolve(document, one)) for one in operation["parameters"])
        parts.append(f"<h3>Parameters</h3><table>{''.join(rows)}</table>")
    if "requestBody" in operation:
        parts.append(f"<h3>Body</h3>{_represent_content(operation['requestBody'])}")
    parts.append(f"<h3>Answers</h3><table>{_represent_answers(document, operation['responses'])}</table>")
    words = f"{method} {path} {name} {operation['summary']} {' '.join(operation['tags'])}"
    return _fold(name, words, heading, "".join(parts))


def _represent_needs(operation: Mapping[str, Json]) -> str:
    actions = operation.get("x-daybreak-action", "").split()
    return f", needs {', '.join(f'<code>{escape(action)}</code>' for action in actions)}" if actions else ""


def _represent_parameter(parameter: Mapping[str, Json]) -> str:
    needed = ", required" if parameter["required"] else ""
    description = escape(parameter.get("description", ""))
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code> "
        f'<span class="note">{parameter["in"]}{needed}</span></td>'
        f"<td>{_represent_schema(parameter['schema'])} {description}</td></tr>"
    )


def _represent_answers(document: Mapping[str, Json], responses: Mapping[str, Json]) -> str:
    rows = []
    for status, given in responses.items():
        response = _resolve(document, given)
        content = _represent_content(response) if "content" in response and status < "400" else ""
        rows.append(f"<tr><td>{status}</td><td>{escape(response['description'])} {content}</td></tr>")
    return "".join(rows)


def _represent_content(holder: Mapping[str, Json]) -> str:
    return " ".join(_represent_schema(media["schema"]) for media in holder["content"].values())


def _represent_schemas(schemas: Mapping[str, Json]) -> str:
    folds = (
        _fold(_anchor(f"schema {name}"), name, f"<code>{escape(name)}</code>", _represent_named(schema))
        for name, schema in schemas.items()
    )
    return f'<section id="schemas"><h2>Schemas</h2>{"".join(folds)}</section>'


def _represent_named(schema: Mapping[str, Json]) -> str:
    return f"<p>{escape(schema.get('description', ''))}</p>{_represent_schema(schema)}"


def _represent_schema(schema: Mapping[str, Json]) -> str:
    """What a value may be, in words; named schemas are links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#{_anchor(f"schema {name}")}"><code>{escape(name)}</code></a>'
    if "properties" in schema:
        return _represent_members(schema)
    if "anyOf" in schema:
        return " or ".join(_represent_schema(choice) for choice in schema["anyOf"]) + _represent_limits(
            schema
        )
    return _represent_kind(schema) + _represent_limits(schema)


def _represent_kind(schema: Mapping[str, Json]) -> str:
    if "enum" in schema:
        return _represent_choices(schema["enum"])
    kind: str = schema.get("type", "any value")
    if kind == "array":
        return f"list of {_represent_schema(schema.get('items', {}))}"
    if kind == "object" and schema.get("additionalProperties"):
        return f"object of {_represent_schema(schema['additionalProperties'])}"
    return escape(kind)


def _represent_members(schema: Mapping[str, Json]) -> str:
    required = schema.get("required", ())
    rows = (
        f"<tr><td><code>{escape(name)}</code>{' required' if name in required else ''}</td>"
        f"<td>{_represent_schema(member)} {escape(member.get('description', ''))}</td></tr>"
        for name, member in schema["properties"].items()
    )
    return f"<table>{''.join(rows)}</table>"


def _represent_choices(values: Iterable[Json]) -> str:
    return " | ".join(f"<code>{_literal(value)}</code>" for value in values)


def _represent_limits(schema: Mapping[str, Json]) -> str:
    said = [
        sentence.format(f"<code>{_literal(schema[name])}</code>")
        for name, sentence in _LIMITS.items()
        if name in schema
    ]
    return f' <span class="note">{", ".join(said)}</span>' if said else ""


def _literal(value: Json) -> str:
    return escape(value if isinstance(value, str) and value else msgspec.json.encode(value).decode())


def _fold(anchor: str, words: str, heading: str, content: str) -> str:
    return (
        f'<details id="{anchor}" data-words="{escape(words.lower())}">'
        f"<summary>{heading}</summary><div>{content}</div></details>"
    )


def _resolve(document: Mapping[str, Json], value: Json) -> Json:
    """What a reference into the document's components points to."""
    if "$ref" not in value:
        return value
    _, group, name = value["$ref"].removeprefix("#/").split("/")
    return document["components"][group][name]


def _anchor(text: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in text.lower())
