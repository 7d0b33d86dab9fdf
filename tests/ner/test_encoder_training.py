"""The stages of the encoder's training, on a network of two layers; skipped without torch."""

import dataclasses
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: pip install 'sepaham[train]'")

from tiny_encoder import (  # noqa: E402
    LABELS,
    MARKS,
    PIECES,
    RATES,
    RECIPE,
    ROOT,
    STEPS,
    base,
    new_kit,
    news_of,
    shipped,
    window,
)

from sepaham.ner.difference import added_up  # noqa: E402
from sepaham.ner.encoder import session  # noqa: E402
from sepaham.ner.reach import initializers, scale_of  # noqa: E402
from sepaham.ner.slots import COLUMNS, STATE_COLUMNS  # noqa: E402
from sepaham.training.ner import apart, fast, further  # noqa: E402
from sepaham.training.ner.batches import PARTS, Examples, Variants, rows  # noqa: E402
from sepaham.training.ner.export import rounded  # noqa: E402
from sepaham.training.ner.losses import gold_loss, soft_slot_loss  # noqa: E402
from sepaham.training.ner.pretrain import chosen_pieces, masked  # noqa: E402
from sepaham.training.ner.recipe import Apart, Pretraining, Rates, Shape, read_recipe  # noqa: E402
from sepaham.training.ner.recipe import Recipe as Whole  # noqa: E402
from sepaham.training.ner.stages import Checkpoints, weights_of  # noqa: E402
from sepaham.training.ner.steps import Trainer, autocast, average, body_and_heads  # noqa: E402
from sepaham.training.ner.student import answers, probabilities  # noqa: E402
from sepaham.training.ner.windows import Encoded  # noqa: E402


@pytest.fixture
def kit():
    return new_kit()


def tensors(windows, shape):
    return {n: torch.from_numpy(v) for n, v in rows(windows, shape, LABELS.count, MARKS).items()}


def loss_of(net, batch):
    return gold_loss(net.at(batch["ids"], batch["real"], batch["firsts"]), batch)


def test_padding_changes_no_loss(kit):
    net = kit.net().eval()
    one = window(9, 1)
    tight = loss_of(net, tensors([one], Shape(1, 11, 9))).detach()
    wide = loss_of(net, tensors([one], Shape(4, 30, 25))).detach()
    assert float(wide) == pytest.approx(float(tight), rel=1e-5)
    assert torch.isfinite(wide)


def test_the_scores_at_words_are_those_of_the_exported_forward(kit):
    net = kit.net().eval()
    batch = tensors([window(9, 1)], Shape(1, 11, 9))
    whole = net(batch["ids"], batch["real"].long())
    for layer, at in zip(whole, net.at(batch["ids"], batch["real"], batch["firsts"]), strict=True):
        torch.testing.assert_close(layer[:, 1:10], at)


def test_all_real_is_the_same_as_no_mask(kit):
    net = kit.net().eval()
    words = net.word(torch.arange(5, 15)[None])
    torch.testing.assert_close(net.body(words, None), net.body(words, torch.ones(1, 10)))


def test_steps_lower_the_loss_and_leave_the_words_and_frozen_layers_alone(kit):
    net = kit.net()
    net.freeze(1)
    before = {n: p.clone() for n, p in net.named_parameters()}
    trainer = Trainer(body_and_heads(net), lambda batch: loss_of(net, batch), RATES, STEPS, kit.device)
    arrays = rows([window(9, n) for n in range(4)], Shape(4, 16, 12), LABELS.count, MARKS)
    losses = [float(trainer.step(arrays, step, 30)) for step in range(30)]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
    changed = {n for n, p in net.named_parameters() if not torch.equal(p, before[n])}
    assert not any(n.startswith(("word.", "position", "norm.", "layers.0.")) for n in changed)
    assert {"flat.weight", "slots.weight", "layers.1.q.weight"} <= changed


def test_a_checkpoint_is_not_made_again(kit, tmp_path):
    made = Checkpoints(tmp_path, "v1", lambda _: None)
    calls = []

    def make():
        calls.append(1)
        return weights_of(kit.net())

    first = made.made("student", make)
    again = made.made("student", make)
    assert len(calls) == 1
    assert "word.weight" not in first
    assert all(torch.equal(first[name], again[name]) for name in first)
    with pytest.raises(ValueError, match="another vocabulary"):
        Checkpoints(tmp_path, "v2", lambda _: None).made("student", make)
    net = kit.net(again)
    assert torch.equal(net.position, first["position"])


def test_the_recipe_for_two_cores_has_the_stages_of_the_shipped_one():
    few = read_recipe(ROOT / "models/ner/encoder/two-cores.toml", Whole)
    assert (few.vocabulary, few.export, few.inference) == (RECIPE.vocabulary, RECIPE.export, RECIPE.inference)
    assert few.last.frozen == RECIPE.last.frozen
    assert (few.last.phases, few.student.mix, few.news) == (
        RECIPE.last.phases,
        RECIPE.student.mix,
        RECIPE.news,
    )
    assert (few.dropout, few.pretraining.steps, few.pretraining.depth) == (
        0.0,
        1250,
        RECIPE.pretraining.depth,
    )
    assert few.gold_splits == ("train", "dev")


def test_whole_words_are_chosen_and_never_the_marks():
    torch.manual_seed(0)
    begins = torch.rand(50, 40) < 0.5
    chosen = chosen_pieces(begins, 0.5)
    assert not chosen[:, [0, -1]].any()
    inside = ~begins[:, 2:-1]
    assert torch.equal(chosen[:, 2:-1][inside], chosen[:, 1:-2][inside])
    assert 0.4 < chosen[:, 1:-1].float().mean() < 0.6


def test_hidden_and_swapped_pieces_are_of_those_chosen():
    torch.manual_seed(0)
    wanted = Pretraining(1, 2, 1, 50, 40, 0.25, 0.5, 0.8, 0.1, RATES)
    ids = torch.randint(5, PIECES, (50, 40))
    batch = masked(ids, torch.ones(PIECES, dtype=torch.bool), wanted)
    changed = batch["seen"] != ids
    assert (batch["hidden"] <= batch["chosen"]).all()
    assert (changed <= batch["chosen"]).all()
    assert not (changed & batch["hidden"]).any()
    assert changed.any()
    assert (batch["chosen"] & ~batch["hidden"] & ~changed).any()


def test_the_teachers_answer_is_the_mean_of_their_probabilities(kit):
    teachers = [kit.net().eval(), kit.net().eval()]
    batch = tensors([window(9, 1)], Shape(1, 11, 9))
    flat, roles, slots = answers(teachers, batch["ids"], batch["real"], batch["firsts"])
    each = [t.at(batch["ids"], batch["real"], batch["firsts"])[0].softmax(-1) for t in teachers]
    torch.testing.assert_close(flat, (each[0] + each[1]) / 2)
    torch.testing.assert_close(roles.sum(-1), torch.ones(1, 9))
    torch.testing.assert_close(slots[..., STATE_COLUMNS].sum(-1), torch.ones(1, 9))
    told = torch.zeros(1, 9, dtype=torch.bool)
    assert float(soft_slot_loss(slots, slots, told, told.float())) == 0


@pytest.mark.parametrize("levels", [3, 31])
def test_a_rounded_row_has_few_values_and_stays(levels):
    torch.manual_seed(0)
    weights = torch.randn(20, 300)
    weights[3] = 0
    once = rounded(weights, levels)
    assert all(len(row.unique()) <= 2 * levels + 1 for row in once)
    assert torch.isfinite(once).all()
    torch.testing.assert_close(rounded(once, levels), once)
    assert float((once - weights).abs().max()) <= float(weights.abs().max()) / levels / 2 + 1e-6


def test_weights_are_averaged():
    found = average([{"a": torch.tensor([1.0, 2.0])}, {"a": torch.tensor([3.0, 4.0])}])
    assert torch.equal(found["a"], torch.tensor([2.0, 3.0]))


@pytest.mark.parametrize("able", [False, True])
def test_a_cpu_reckons_in_bfloat16_only_where_it_has_instructions_for_it(able, monkeypatch):
    """bfloat16 took ten times as long on processors without."""
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: able)
    with autocast(torch.device("cpu")):
        found = (torch.ones(2, 2) @ torch.ones(2, 2)).dtype
    assert found == (torch.bfloat16 if able else torch.float32)


def test_the_recipe_of_the_fast_tagger_is_read():
    recipe = read_recipe(fast.FOLDER / "config.toml", fast.Recipe)
    assert recipe.depth == 3
    assert recipe.student.news.pieces == recipe.news.pieces + 2
    assert recipe.gold_splits == ("train", "dev")


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning", "ignore::UserWarning"
)
def test_a_net_kept_as_its_difference_says_what_it_said(kit, tmp_path):
    pytest.importorskip("onnx", reason="onnx is not installed: pip install 'sepaham[train]'")
    from sepaham.training.ner.export import export, export_difference

    net = kit.net().eval()
    export(net, tmp_path, 31, 64)
    begun = kit.net(weights_of(net))
    begun.cut(1)
    with torch.no_grad():
        for parameter in begun.layers.parameters():
            parameter += 0.01 * torch.randn_like(parameter)
    path = tmp_path / "less.onnx"
    export_difference(begun, tmp_path / "model.onnx", path)
    ids = torch.arange(5, 25)[None]
    inputs = {"words": begun.word(ids).numpy(), "real": np.ones((1, 20), dtype=np.int64)}
    less = added_up(path.read_bytes(), (tmp_path / "model.onnx").read_bytes())
    export(begun, tmp_path, 31, 64)
    whole = (tmp_path / "model.onnx").read_bytes()
    assert len(less) < len(whole) * 1.1
    for one, two in zip(*(session(model).run(None, inputs) for model in (less, whole)), strict=True):
        assert np.corrcoef(one.ravel(), two.ravel())[0, 1] > 0.999


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning", "ignore::UserWarning"
)
def test_what_is_learned_further_is_kept_in_finer_steps(kit, tmp_path):
    """Rounded to the nearest step, changes of a tenth of one would all be lost."""
    pytest.importorskip("onnx", reason="onnx is not installed: pip install 'sepaham[train]'")
    from sepaham.ner.difference import ADDED, SAME
    from sepaham.training.ner.export import drawn, export, export_difference
    from sepaham.training.ner.shipped import Graph

    export(kit.net().eval(), tmp_path, 31, 64)
    model, path = tmp_path / "model.onnx", tmp_path / "further.onnx"
    below, net = Graph(model), kit.net().eval()
    with torch.no_grad():
        for name, matrix in below.matrices().items():
            net.get_parameter(f"{name}.weight").copy_(torch.from_numpy(below.multiplied_out(matrix).T))
        step = torch.from_numpy(below.tensors[scale_of(below.matrices()["layers.1.up"])])[:, None]
        begun = net.layers[1].up.weight.clone()
        net.layers[1].up.weight += 0.05 * step
    drawn(net, below, 2, 1)
    change = (net.layers[1].up.weight - begun) / step
    assert set(change.flatten().round(decimals=3).tolist()) == {0.0, 0.5}
    assert 0.02 < float(change.mean()) < 0.08
    export_difference(net, model, path, 2)
    names = {name for name, _, _ in initializers(path.read_bytes())}
    up = below.matrices()["layers.1.up"]
    assert {ADDED + up, ADDED + scale_of(up), SAME + below.matrices()["layers.0.up"]} <= names
    ids = torch.arange(5, 25)[None]
    inputs = {"words": net.word(ids).detach().numpy(), "real": np.ones((1, 20), dtype=np.int64)}
    wanted = net.eval()(ids, torch.ones_like(ids))
    found = session(added_up(path.read_bytes(), model.read_bytes())).run(None, inputs)
    for one, two in zip(wanted, found, strict=True):
        assert np.corrcoef(one.detach().numpy().ravel(), two.ravel())[0, 1] > 0.999


def test_an_epoch_has_all_new_articles_and_a_share_of_the_older():
    recipe = read_recipe(ROOT / "models/ner/encoder/further.toml", further.Recipe).further
    ids, firsts = np.array([5, 6]), np.array([0, 1])
    one = Encoded("gold", "", ids, firsts, *(np.zeros((2, n)) for n in (5, 3, len(COLUMNS))))
    groups = [f"n9-{n:03}" for n in range(7)] + [f"n1-{n:03}" for n in range(20)]
    made = [dataclasses.replace(one, group=group) for group in groups]
    parts = {name: [] for name in PARTS} | {"more": [Variants(e, e, e, (e,)) for e in made]}
    few = dataclasses.replace(recipe, since=("n9",), again=0.25, epochs=4)
    batches = further.epochs(few, Examples(parts, MARKS), random.Random(1))
    assert sum(len(windows) for _, windows in batches) == 4 * (7 + 5)


APART = Apart(
    seed=3,
    frozen=1,
    dropout=0.0,
    steps=200,
    news=Shape(8, 16, 12),
    gate_repeats=1,
    rates=Rates(body=1e-2, head=3e-2, warm_up=0.1, floor=0.02),
)


def test_upper_layers_and_label_layers_are_forgotten_and_nothing_else(kit):
    known, e5 = shipped(kit), base().tensors
    found = apart.forgotten(known, e5, 1, 3)
    assert found.keys() == known.keys()
    kept = {name for name, value in found.items() if torch.equal(value, known[name])}
    assert kept == {n for n in known if not n.startswith(("layers.1.", "flat.", "roles.", "slots."))}
    assert torch.equal(found["layers.1.up.weight"], torch.from_numpy(e5["l1.fi.w"]))
    assert torch.equal(found["layers.1.norm.bias"], torch.from_numpy(e5["l1.aln.b"]))


def test_what_is_taught_comes_near_to_the_teacher(kit):
    known = shipped(kit)
    start = apart.forgotten(known, base().tensors, 1, 3)
    kit = dataclasses.replace(kit, dropout=0.0)
    end = apart.taught(kit, APART, known, start, news_of(40))
    rows_of = news_of(8).rows(np.arange(8), np.zeros(8), np.zeros(8, dtype=bool), APART.news, MARKS)
    seen = [torch.from_numpy(rows_of[name]) for name in ("ids", "real", "firsts")]
    with torch.no_grad():
        said = [probabilities(kit.net(w).eval().at(*seen)) for w in (known, start, end)]
    for wanted, before, after in zip(*said, strict=True):
        assert (after - wanted).abs().mean() < 0.5 * (before - wanted).abs().mean()
    below = [name for name in known if not name.startswith(("layers.1.", "flat.", "roles.", "slots."))]
    assert all(torch.equal(end[name], known[name]) for name in below)


def test_less_news_than_a_batch_is_told(kit):
    known = shipped(kit)
    with pytest.raises(ValueError, match="less than one batch"):
        apart.taught(kit, APART, known, known, news_of(3))


def test_the_recipe_keeps_the_layers_that_saw_no_real_gold():
    recipe = read_recipe(apart.FOLDER / "apart.toml", apart.Recipe)
    whole = read_recipe(apart.FOLDER / "config.toml", Whole)
    assert recipe.apart.frozen == recipe.further.frozen == whole.last.frozen
    assert recipe.gold_splits == ("train", "dev")
