"""Article ids: the input's own, else a hash of where the record stands; repeated ones are numbered."""

from hashlib import blake2b


def place_id(name: str, record: int) -> str:
    """16 hex digits from a path under INPUT and a record number: the same wherever the dump lies."""
    return blake2b(f"{name}\0{record}".encode(), digest_size=8).hexdigest()


class IdRegistry:
    """Makes ids unique in the order in which they come: the second `a` is `a~2`, the third `a~3`.

    Feeding the same ids in the same order gives the same names, so a batch that resumes replays
    the ids of the records it skips. Holds every id in memory (about 120 bytes each).
    """

    def __init__(self) -> None:
        """No id is taken yet."""
        self._count: dict[str, int] = {}

    def unique(self, article_id: str) -> str:
        """The id itself when it is new, else with the first free `~n`."""
        number = self._count.get(article_id)
        if number is None:
            self._count[article_id] = 1
            return article_id
        number += 1
        while (candidate := f"{article_id}~{number}") in self._count:
            number += 1
        self._count[article_id] = number
        self._count[candidate] = 1
        return candidate
