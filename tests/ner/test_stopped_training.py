"""A stage of the encoder's training that was stopped; skipped without torch."""

import dataclasses
from functools import partial

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: pip install 'sepaham[train]'")

from tiny_encoder import NEWS, PIECES, RECIPE, examples_of, new_kit, news_of, shipped  # noqa: E402

from sepaham.training.ner import steps  # noqa: E402
from sepaham.training.ner.last import of_seed  # noqa: E402
from sepaham.training.ner.pretrain import pretrained  # noqa: E402
from sepaham.training.ner.stages import Checkpoints, weights_of  # noqa: E402
from sepaham.training.ner.steps import Trainer  # noqa: E402
from sepaham.training.ner.student import answers, student  # noqa: E402
from sepaham.training.ner.teach import teacher  # noqa: E402


@pytest.fixture
def kit():
    return new_kit()


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("stage", ["pretrained", "teacher-1", "student", "last-0"])
def test_a_stage_that_was_stopped_goes_on_where_it_stood(stage, kit, tmp_path, monkeypatch):
    chunks, examples, start = news_of(40), examples_of(24), shipped(kit)

    def run(kit):
        if stage == "pretrained":
            wanted = dataclasses.replace(RECIPE.pretraining, steps=9, rows=4, pieces=16, lower=0.0)
            return pretrained(kit, wanted, chunks, [True] * PIECES)
        if stage == "teacher-1":
            return teacher(
                kit, dataclasses.replace(RECIPE.teachers, epochs=2, shapes=(NEWS,)), 1, start, examples
            )
        if stage == "student":
            wanted = dataclasses.replace(RECIPE.student, steps=9, news=NEWS, gold=NEWS)
            teaching = kit.net(start).eval()
            return student(kit, wanted, start, partial(answers, [teaching]), chunks, examples)
        kept = dataclasses.replace(RECIPE.last.kept, rows=2, batches=3)
        wanted = dataclasses.replace(RECIPE.last, frozen=1, shapes=(NEWS,), kept=kept)
        return of_seed(kit, wanted, 0, start, chunks, examples, frozenset(), stage)

    whole = run(kit)
    kit = dataclasses.replace(kit, parts=tmp_path)
    monkeypatch.setattr(steps, "KEPT_EVERY", 2)
    done = Trainer.step

    def stopping(self, *arguments):
        loss = done(self, *arguments)
        if self._steps == 5:
            raise StoppedError
        return loss

    monkeypatch.setattr(Trainer, "step", stopping)
    with pytest.raises(StoppedError):
        run(kit)
    assert (tmp_path / f"{stage}.part").is_file()
    monkeypatch.setattr(Trainer, "step", done)
    losses = []
    tell = dataclasses.replace(kit, tell=losses.append)
    gone_on = run(tell)
    assert losses
    assert {name for name, value in whole.items() if not torch.equal(gone_on[name], value)} == set()


def test_what_a_stage_kept_goes_when_it_is_done(kit, tmp_path):
    made = Checkpoints(tmp_path, "v1", lambda _: None)
    (tmp_path / "student.part").write_bytes(b"half")
    made.made("student", lambda: weights_of(kit.net()))
    assert [path.name for path in tmp_path.iterdir()] == ["student.pt"]
