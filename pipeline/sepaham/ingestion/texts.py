"""Extracted articles as JSON lines: a dump that reads back as the same articles, whatever made their text."""

import json

from sepaham.records import Article


def text_line(article: Article) -> str:
    """One line of JSON, with its line break, from which reading JSON lines gives the article's body again.

    Keys: id, title, text, published, outlet, url; null where the article has none.
    """
    row = {
        "id": article.article_id,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"
