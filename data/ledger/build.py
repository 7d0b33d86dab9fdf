"""Builds the gold of the ledger: build.py [FOLDER]

From agreements.toml, which was written by hand, to FOLDER (default: this folder): agreements.jsonl and
articles.csv as `sepaham extract` would write them, and clusters.csv with the agreement and the half of
every report. There is no article text: the only quote is the headline. Names get their codes from the
registry, as in extraction.
"""

import csv
import json
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sepaham.ledger.times import bounds, iso
from sepaham.records import (
    Agreement,
    Commitment,
    DateFact,
    DurationFact,
    Evidence,
    MoneyFact,
    Party,
    Signatory,
    UntilFact,
    Venue,
)
from sepaham.registry import lookup, lookup_city

HERE = Path(__file__).parent
Row = dict[str, Any]


def reports(path: Path) -> Iterator[tuple[Row, Row]]:
    """(agreement, report) in the order of the file; a report has all facts, its own first."""
    for agreement in tomllib.loads(path.read_text(encoding="utf-8"))["a"]:
        told = agreement.pop("r")
        for number, report in enumerate(told, 1):
            first = told[report["copy"] - 1] if "copy" in report else {}
            facts = {**agreement, **first, **report}
            for name in facts.get("drop", ()):
                facts.pop(name, None)
            facts["number_of"] = number
            if number > 2:  # newspapers seldom print the number
                facts.pop("number", None)
            yield agreement, facts


def party(text: str, published: str, context: str) -> Party:
    """The party of "Name = Signatory / Role"."""
    name, _, people = text.partition(" = ")
    link = lookup(name, on=published, context=context)
    person, _, role = people.partition(" / ")
    acting = role.split()[0] if role.split()[:1] and role.split()[0] in ("Pj", "Plt", "Plh") else None
    signed = (Signatory(name=person, role=role or None, acting=bool(acting), acting_form=acting),)
    return Party(
        name=link.name or name,
        kind=link.kind or "company",
        texts=(name,),
        signatories=signed if people else (),
        level=link.level,
        code=link.code,
        parent_name=link.parent_name,
        parent_code=link.parent_code,
    )


def day(value: str | None) -> DateFact | None:
    """The date of an ISO day or month."""
    if not value:
        return None
    days = bounds(value)
    assert days, f"{value} is a day or a month"
    precision = "day" if days[0] == days[1] else "month"
    return DateFact(text=value, value=value, lower=iso(days[0]), upper=iso(days[1]), precision=precision)


def venue(facts: Row) -> Venue | None:
    """The place of a report."""
    if "venue" not in facts:
        return None
    text, name, city = facts["venue"]
    code = lookup_city(city).code if city else None
    return Venue(text=text, name=name or None, city=city or None, city_code=code)


def money(value: list[Any] | None) -> MoneyFact | None:
    """The worth of [amount, currency]."""
    return MoneyFact(text="", amount=value[0], currency=value[1]) if value else None


def agreement(article_id: str, facts: Row) -> Agreement:
    """The report as an agreement of its article."""
    context = ". ".join(text.replace(" = ", ", ") for text in facts["parties"])
    parties = tuple(party(text, facts["p"], context) for text in facts["parties"])
    hub = facts.get("hub")
    return Agreement(
        agreement_id=f"{article_id}#1",
        article_id=article_id,
        status=facts.get("status", "signed"),
        doc_types=tuple(facts["docs"]),
        agreement_text=facts.get("name"),
        doc_number=facts.get("number"),
        subject=facts.get("subject"),
        parties=parties,
        hub=lookup(hub).name if hub else None,
        date=day(facts.get("date")),
        venue=venue(facts),
        commitments=tuple(Commitment(start=0, end=len(c), text=c) for c in facts.get("commitments", ())),
        fields=tuple(facts["fields"]),
        value=money(facts.get("money")),
        duration=DurationFact(text="", iso=facts["duration"]) if "duration" in facts else None,
        valid_until=UntilFact(text="", value=facts["until"]) if "until" in facts else None,
        confidence={"agreement": 0.9},
        evidence=(Evidence(field="/status", start=0, end=len(facts["t"]), quote=facts["t"], rule="gold"),),
    )


def main(folder: Path) -> None:
    """Writes agreements.jsonl, articles.csv and clusters.csv into a folder."""
    articles, clusters, lines = [], [], []
    for base, facts in reports(HERE / "agreements.toml"):
        article_id = f"{base['id']}-{facts['number_of']}"
        root = f"{base['id']}-{facts['copy']}" if "copy" in facts else ""
        told = root or article_id
        articles.append({
            "article_id": article_id, "outcome": "agreement", "title": facts["t"], "outlet": facts["o"],
            "published": facts["p"], "n_agreements": 1, "copy_root": root,
            "digest": sha256(told.encode()).hexdigest()[:16],
        })  # fmt: skip
        link = base.get("follows") or base.get("extends") or ""
        cluster = {"cluster": base["id"], "half": base["half"], "earlier": link}
        clusters.append({"agreement_id": f"{article_id}#1", **cluster})
        lines.append(json.dumps(agreement(article_id, facts).model_dump(mode="json"), ensure_ascii=False))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "agreements.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    columns = [
        "article_id", "outcome", "reason", "title", "outlet", "published", "url", "n_agreements", "copy_root",
        "digest",
    ]  # fmt: skip
    _write(folder / "articles.csv", columns, articles)
    _write(folder / "clusters.csv", ["agreement_id", "cluster", "half", "earlier"], clusters)


def _write(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
