"""Two judges as one, whose log odds are the mean of theirs."""

from sepaham.relations.learned.judge import Branch, Judge, Tree


def halfway(one: Judge, two: Judge) -> Judge:
    """The judge between two, its bar between theirs; raises ValueError where one of them has trees and the
    other none, whose log odds are put together otherwise."""
    if bool(one.trees) != bool(two.trees):
        raise ValueError("judges with and without trees have no mean")
    names = sorted({*one.weights, *two.weights})
    return Judge(
        {name: round((one.weights.get(name, 0.0) + two.weights.get(name, 0.0)) / 2, 4) for name in names},
        round((one.bias + two.bias) / 2, 4),
        round((one.bar + two.bar) / 2, 3),
        tuple(_halved(tree) for tree in (*one.trees, *two.trees)),
    )


def _halved(tree: Tree) -> Tree:
    if not isinstance(tree, Branch):
        return round(tree / 2, 6)
    return Branch(tree.feature, tree.step, _halved(tree.low), _halved(tree.high))
