"""Puts the page together: one file of markup, style, script and data, which needs no network.

What comes from the dump stands in it only as base64 or as JSON with `<` escaped, in elements that no browser
runs; the script is allowed by its hash alone, and may not write markup (Trusted Types).
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from sepaham import lexicon

SCRIPTS = (
    "base",
    "store",
    "facts",
    "table",
    "article",
    "detail",
    "values",
    "editor",
    "words",
    "export",
    "main",
)
"""The parts of the script, in the order in which they must stand."""


def _resource(name: str) -> str:
    return (files("sepaham") / "resources" / "inspector" / name).read_text(encoding="utf-8")


def script() -> str:
    """The whole script of the page."""
    parts = "\n".join(_resource(f"js/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def strings() -> dict[str, dict[str, str]]:
    """What the page says, by language (`id`, `en`) and key."""
    said: dict[str, dict[str, str]] = lexicon.toml("inspector/strings.toml")
    return said


def content_hash(text: str) -> str:
    """A script or style as a Content-Security-Policy names it."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def policy(code: str, style: str) -> str:
    """The page's Content-Security-Policy: this script, this style, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src {content_hash(code)}; style-src {content_hash(style)}; "
        "img-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def packed(data: Any) -> str:
    """JSON data, compressed, as base64; the same text for the same data."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), compresslevel=6, mtime=0)).decode()


def inert(data: Any) -> str:
    """JSON data that can stand inside a script element: no `<`, so neither its end nor a comment's start."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _block(name: str, kind: str, text: str) -> str:
    return f'<script type="{kind}" id="{name}">{text}</script>\n'


def build(meta: Mapping[str, Any], index: str, chunks: list[str]) -> str:
    """The page; `index` and `chunks` are packed data."""
    code, style = script(), _resource("page.css")
    data = [_block("meta", "application/json", inert({**meta, "strings": strings(), "chunks": len(chunks)}))]
    data.append(_block("index", "application/gzip", index))
    data += [_block(f"chunk{number}", "application/gzip", chunk) for number, chunk in enumerate(chunks)]
    # The data goes in last: nothing in it is ever searched for a place to fill.
    head, tail = _resource("page.html").split("{{data}}")
    head = head.replace("{{policy}}", policy(code, style)).replace("{{style}}", style)
    return "".join([head, *data, tail.replace("{{script}}", code)])
