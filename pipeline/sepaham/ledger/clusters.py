"""Pairs -> groups of reports of one agreement; the same for any order of the pairs."""

from collections.abc import Iterable, Sequence

from sepaham.ledger.blocking import candidates
from sepaham.ledger.matcher import Matcher
from sepaham.ledger.reports import Report

JUDGES = 4
"""Reports of each group that are compared before two groups become one."""

Edge = tuple[float, int, int]


def edges(reports: Sequence[Report], matcher: Matcher) -> list[Edge]:
    """The pairs that may be one agreement, with their score, best first; ties in the order of the reports."""
    found = []
    for i, j in candidates(reports):
        score = matcher.score(reports[i], reports[j])
        if score >= matcher.threshold:
            found.append((-score, i, j))
    return [(-minus, i, j) for minus, i, j in sorted(found)]


class Groups:
    """Groups that grow by their surest pairs first and stay apart when they don't fit as wholes."""

    def __init__(self, reports: Sequence[Report], matcher: Matcher) -> None:
        """Every report is a group of its own."""
        self._reports = reports
        self._matcher = matcher
        self._group = list(range(len(reports)))
        self._members: dict[int, list[int]] = {}

    def members(self, number: int) -> list[int]:
        """The reports of the group that a report is in, in their order."""
        group = self._group[number]
        return self._members.get(group, [group])

    def join(self, i: int, j: int) -> bool:
        """Make the groups of two reports one, if they fit; whether they are one then."""
        if self._group[i] == self._group[j]:
            return True
        mine, theirs = self.members(i), self.members(j)
        if not self._fit(mine, theirs):
            return False
        joined = sorted([*mine, *theirs])
        for number in joined:
            self._group[number] = joined[0]
        for gone in (mine[0], theirs[0]):
            self._members.pop(gone, None)
        self._members[joined[0]] = joined
        return True

    def _fit(self, mine: list[int], theirs: list[int]) -> bool:
        """No article in both, and on the average of all pairs of their first members one agreement."""
        articles = {self._article(n) for n in mine}
        if any(self._article(n) in articles for n in theirs):
            return False
        if len(mine) == len(theirs) == 1:
            return True
        pairs = [(a, b) for a in mine[:JUDGES] for b in theirs[:JUDGES]]
        scores = [self._matcher.score(self._reports[a], self._reports[b]) for a, b in pairs]
        return sum(scores) / len(scores) >= self._matcher.threshold

    def _article(self, number: int) -> tuple[str, str]:
        meta = self._reports[number].meta
        return meta.article_id, meta.origin

    def all(self) -> list[list[int]]:
        """All groups, each in the order of its reports, in the order of their first ones."""
        return [self.members(n) for n in range(len(self._reports)) if self._group[n] == n]


def clusters(reports: Sequence[Report], matcher: Matcher) -> list[list[int]]:
    """Groups of places in `reports`, which must be sorted by key: every report in exactly one."""
    return grouped(reports, matcher, edges(reports, matcher))


def grouped(reports: Sequence[Report], matcher: Matcher, pairs: Iterable[Edge]) -> list[list[int]]:
    """The groups that scored pairs, best first, lead to."""
    groups = Groups(reports, matcher)
    for _, i, j in pairs:
        groups.join(i, j)
    return groups.all()
