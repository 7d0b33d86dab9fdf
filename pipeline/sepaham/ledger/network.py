"""Who is bound to whom over all agreements, as GraphML: a node for a party, an edge for a pair of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from sepaham.ledger.entry import Entry
from sepaham.ledger.law import rule
from sepaham.ledger.reports import body
from sepaham.records import Party
from sepaham.registry.text import key as folded

_KEYS = """\
 <key id="name" for="node" attr.name="name" attr.type="string"/>
 <key id="kind" for="node" attr.name="kind" attr.type="string"/>
 <key id="code" for="node" attr.name="code" attr.type="string"/>
 <key id="agreements" for="node" attr.name="agreements" attr.type="int"/>
 <key id="weight" for="edge" attr.name="weight" attr.type="int"/>
 <key id="first" for="edge" attr.name="first" attr.type="string"/>
 <key id="last" for="edge" attr.name="last" attr.type="string"/>
 <key id="classes" for="edge" attr.name="classes" attr.type="string"/>
 <key id="ledger_ids" for="edge" attr.name="ledger_ids" attr.type="string"/>
"""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    f'{_KEYS} <graph edgedefault="undirected">\n'
)
LISTED = 20
"""Ledger ids that an edge names; `weight` counts all."""


@dataclass
class _Edge:
    weight: int = 0
    days: list[str] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    ids: list[str] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.weight += 1
        if day := entry.facts.date_value:
            self.days = [min([*self.days[:1], day]), max([*self.days[1:], day])]
        self.classes.add(rule(entry.facts).legal_class or "")
        if len(self.ids) < LISTED:
            self.ids.append(entry.ledger_id)


class Network:
    """The pairs of all entries; `add` them in their order, then `write`."""

    def __init__(self) -> None:
        """No party yet."""
        self._nodes: dict[str, tuple[Party, int]] = {}
        self._edges: dict[tuple[str, str], _Edge] = {}

    def add(self, entry: Entry) -> None:
        """Add an agreement; planned ones and budget papers bind nobody new and are left out."""
        if entry.facts.status == "planned" or rule(entry.facts).legal_class == "BUDGET":
            return
        keys = {body(party).key: party for party in entry.facts.parties}
        for name, party in keys.items():
            first, count = self._nodes.get(name, (party, 0))
            self._nodes[name] = (first, count + 1)
        for pair in _bound(keys, entry.facts.hub):
            self._edges.setdefault(pair, _Edge()).add(entry)

    def write(self, path: Path) -> None:
        """Write the graph; nodes and edges sorted by their keys."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD)
            for name in sorted(self._nodes):
                party, count = self._nodes[name]
                facts = {"name": party.name, "kind": party.kind, "code": party.code, "agreements": count}
                file.write(f"  <node id={quoteattr(_legal(name))}>{_data(facts.items())}</node>\n")
            for (a, b), edge in sorted(self._edges.items()):
                ends = f"source={quoteattr(_legal(a))} target={quoteattr(_legal(b))}"
                file.write(f"  <edge {ends}>{_data(_facts(edge))}</edge>\n")
            file.write(" </graph>\n</graphml>\n")


def _facts(edge: _Edge) -> list[tuple[str, object]]:
    first, last = (edge.days[0], edge.days[-1]) if edge.days else (None, None)
    classes = "+".join(sorted(filter(None, edge.classes)))
    return [
        ("weight", edge.weight), ("first", first), ("last", last), ("classes", classes),
        ("ledger_ids", " ".join(edge.ids)),
    ]  # fmt: skip


def _data(facts: Iterable[tuple[str, object]]) -> str:
    return "".join(
        f'<data key="{k}">{escape(_legal(str(v)))}</data>' for k, v in facts if v not in (None, "")
    )


def _legal(text: str) -> str:
    """The text without characters that XML does not allow."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c not in "\ufffe\uffff"
    )


def _bound(keys: dict[str, Party], hub: str | None) -> list[tuple[str, str]]:
    names = sorted(keys)
    middle = [name for name in names if hub and folded(keys[name].name) == folded(hub)]
    if middle:
        return [(min(middle[0], n), max(middle[0], n)) for n in names if n != middle[0]]
    return [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
