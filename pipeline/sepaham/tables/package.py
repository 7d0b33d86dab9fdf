"""`datapackage.json`: a Frictionless Data description of the tables, so that tools read them rightly."""

from typing import Any

from sepaham.tables.schema import SCHEMA_VERSION, TABLES, Table


def _resource(table: Table) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.row,
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [
                {"name": column.name, "type": column.type, "description": column.meaning}
                for column in table.columns
            ],
            "missingValues": [""],
        },
    }
    if table.key:
        resource["schema"]["primaryKey"] = list(table.key)
    if table.name not in ("agreements", "articles"):
        reference = {"resource": "agreements", "fields": "agreement_id"}
        resource["schema"]["foreignKeys"] = [{"fields": "agreement_id", "reference": reference}]
    if table.name == "agreements":
        reference = {"resource": "articles", "fields": "article_id"}
        resource["schema"]["foreignKeys"] = [{"fields": "article_id", "reference": reference}]
    return resource


def datapackage() -> dict[str, Any]:
    """The descriptor of a run's tables (Frictionless Data Package, https://specs.frictionlessdata.io)."""
    return {
        "name": "sepaham-agreements",
        "profile": "tabular-data-package",
        "title": "Cooperation agreements in Indonesian news",
        "schema_version": SCHEMA_VERSION,
        "resources": [_resource(table) for table in TABLES],
    }
