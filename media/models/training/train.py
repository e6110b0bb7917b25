"""Trains the model for so many minutes, going on from work/checkpoint.pt where there is one, else from kept.pt.

The learning rate rises, stays, and falls over the last part of the time (warm-up, stable, decay): work/stable.pt is
the state before the fall, from which a later run can go on with more time. `train.py keep` writes it as kept.pt, weights
only and in bfloat16, to be committed.
"""

import argparse
import itertools
import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import tokenizer as vocabulary
from corpus import CORPUS, HERE
from model import Model, Shape
from muon import Muon
from samples import ROWS, STAGES

WORK = HERE / "work"
CHECKPOINT = WORK / "checkpoint.pt"
STABLE = WORK / "stable.pt"
KEPT = HERE / "kept.pt"
LOG = WORK / "loss.jsonl"

BATCH_TOKENS = 8_192
WARMUP_STEPS = 100
DECAY_SHARE = 0.1
MATRIX_RATE = 0.02
EMBEDDING_RATE = 3e-3
OTHER_RATE = 3e-3
BALANCE_WEIGHT = 0.01
# The middle is what the model is for, and a tenth of the tokens.
MIDDLE_WEIGHT = 4.0
LOGITS_AT_ONCE = 4_096
SAVE_EVERY_SECONDS = 240
LOG_EVERY_STEPS = 20
VALIDATION_EVERY_STEPS = 400
VALIDATION_ROWS = 24


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, required=True, help="of training in all, earlier runs included")
    parser.add_argument("--stage", required=True, help="of samples.py, whose rows to learn")
    parser.add_argument("--until", type=float, default=math.inf, help="stop after so many minutes, the rate not fallen")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many, for a look at the speed")
    options = parser.parse_args()
    torch.manual_seed(1)
    shape = Shape()
    model = Model(shape)
    optimizers = make_optimizers(model)
    state = {"step": 0, "seconds": 0.0, "tokens": 0, "rows": {}}
    if CHECKPOINT.exists():
        saved = torch.load(CHECKPOINT)
        model.load_state_dict(saved["model"])
        for optimizer, each in zip(optimizers, saved["optimizers"], strict=True):
            optimizer.load_state_dict(each)
        state = saved["state"]
    elif KEPT.exists():
        saved = torch.load(KEPT)
        model.load_state_dict({name: weight.float() for name, weight in saved["model"].items()})
        state = saved["state"]
    total = sum(weight.numel() for weight in model.parameters())
    print(f"{total / 1e6:.1f} M parameters; from step {state['step']}", flush=True)
    train(model, optimizers, state, options)


def train(model: Model, optimizers: list, state: dict, options: argparse.Namespace) -> None:
    rates = [[group["lr"] for group in optimizer.param_groups] for optimizer in optimizers]
    for optimizer, initial in zip(optimizers, rates, strict=True):
        for group, rate in zip(optimizer.param_groups, initial, strict=True):
            group.setdefault("initial", rate)
    stage, length = options.stage, STAGES[options.stage].length
    batches = read_batches(ROWS / f"{stage}.npz", BATCH_TOKENS // length, state["rows"].get(stage, 0))
    validation = validation_rows(length)
    total_seconds = options.minutes * 60
    saved_at = time.monotonic()
    # What optimizers remember is not kept: a run that begins without it warms up again.
    first_step = state["step"] if not CHECKPOINT.exists() else 0
    losses: list[tuple[float, float, float]] = []
    stop_seconds = min(total_seconds, options.until * 60)
    while state["seconds"] < stop_seconds and not (options.steps and state["step"] >= options.steps):
        started = time.monotonic()
        # Once, also where a run begins to fall at its first step: a checkpoint from later on knows.
        if not state.get("falling") and state["seconds"] > total_seconds * (1 - DECAY_SHARE):
            save(STABLE, model, optimizers, state)
            state["falling"] = True
        factor = rate_factor(state["step"] - first_step, state["seconds"] / total_seconds)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial"] * factor
        tokens, middles = next(batches)
        losses.append(step(model, optimizers, tokens, middles))
        state["step"] += 1
        state["tokens"] += tokens.numel()
        state["rows"][stage] = state["rows"].get(stage, 0) + len(tokens)
        # Only work counts: a machine that slept, or a validation, does not shorten the run.
        state["seconds"] += time.monotonic() - started
        if state["step"] % LOG_EVERY_STEPS == 0:
            all_, middle, first = (sum(each) / len(losses) for each in zip(*losses, strict=True))
            losses.clear()
            record = {**state, "loss": all_, "middle": middle, "first": first, "rate": factor}
            if state["step"] % VALIDATION_EVERY_STEPS == 0:
                record["bits_per_byte"] = bits_per_byte(model, *validation)
            write(record)
        if time.monotonic() - saved_at > SAVE_EVERY_SECONDS:
            save(CHECKPOINT, model, optimizers, state)
            saved_at = time.monotonic()
    save(CHECKPOINT, model, optimizers, state)
    write({**state, "bits_per_byte": bits_per_byte(model, *validation)})


def make_optimizers(model: Model) -> list[torch.optim.Optimizer]:
    matrices, others = [], []
    for name, weight in model.named_parameters():
        is_matrix = weight.ndim >= 2 and not name.startswith("embedding") and "router" not in name
        if name.startswith("embedding"):
            continue
        (matrices if is_matrix else others).append(weight)
    adam = torch.optim.AdamW(
        [
            {"params": [model.embedding.weight], "lr": EMBEDDING_RATE},
            {"params": others, "lr": OTHER_RATE},
        ],
        betas=(0.9, 0.95),
        weight_decay=0.0,
        fused=True,
    )
    return [adam, Muon(matrices, MATRIX_RATE, weight_decay=0.01)]


def rate_factor(step: int, share_of_time: float) -> float:
    rising = min(1.0, (step + 1) / WARMUP_STEPS)
    falling = min(1.0, max(0.0, 1 - share_of_time) / DECAY_SHARE)
    return rising * falling


def step(model: Model, optimizers: list, tokens: torch.Tensor, middles: torch.Tensor) -> tuple[float, float, float]:
    """One update. Returns the mean loss a token, in nats: over all, over the middles, over their first tokens."""
    targets = tokens[:, 1:].reshape(-1)
    is_middle = middles[:, 1:].reshape(-1)
    is_first = (middles[:, 1:] & ~middles[:, :-1]).reshape(-1)
    weights = torch.where(is_middle, MIDDLE_WEIGHT, 1.0)
    with torch.autocast("cpu", torch.bfloat16):
        hidden, unbalance = model.hidden(tokens[:, :-1])
        losses = token_losses(model, hidden.reshape(-1, hidden.shape[-1]), targets)
    (((losses * weights).sum() / weights.sum()) + BALANCE_WEIGHT * unbalance).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimizer in optimizers:
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    losses = losses.detach()
    return losses.mean().item(), mean_where(losses, is_middle), mean_where(losses, is_first)


def mean_where(losses: torch.Tensor, chosen: torch.Tensor) -> float:
    return (losses * chosen).sum().item() / max(1, chosen.sum().item())


def token_losses(model: Model, hidden: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """In pieces: all logits at once would be most of the memory."""
    pieces = zip(hidden.split(LOGITS_AT_ONCE), targets.split(LOGITS_AT_ONCE), strict=True)
    return torch.cat([cross_entropy(h, model.embedding.weight, t) for h, t in pieces])


@torch.compile(dynamic=True)
def cross_entropy(hidden: torch.Tensor, output: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(F.linear(hidden, output).float(), targets, reduction="none")


def read_batches(file: Path, rows: int, skip: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """From row `skip` on, and at the end from the beginning again."""
    data = np.load(file)
    tokens, middles = data["tokens"], data["middles"]
    batches = len(tokens) // rows
    for batch in itertools.count(skip // rows):
        at = batch % batches * rows
        piece = torch.from_numpy(tokens[at : at + rows].astype(np.int64))
        yield piece, torch.from_numpy(middles[at : at + rows])


def validation_rows(length: int) -> tuple[torch.Tensor, float]:
    """Rows of held-out text, and the bytes that a token of it stands for."""
    tokenizer = vocabulary.load()
    bos = tokenizer.token_to_id(vocabulary.BOS)
    tokens: list[int] = []
    size = 0
    for line in (CORPUS / "valid.jsonl").open():
        text = json.loads(line)["text"]
        tokens.extend([bos, *tokenizer.encode(text, add_special_tokens=False).ids])
        size += len(text.encode())
    rows = min(VALIDATION_ROWS, len(tokens) // length)
    chosen = np.linspace(0, len(tokens) // length - 1, rows).astype(int)
    return torch.tensor([tokens[at * length : (at + 1) * length] for at in chosen]), size / len(tokens)


@torch.no_grad()
def bits_per_byte(model: Model, rows: torch.Tensor, bytes_per_token: float) -> float:
    losses = []
    for row in rows.split(4):
        with torch.autocast("cpu", torch.bfloat16):
            hidden, _ = model.hidden(row[:, :-1])
            losses.append(token_losses(model, hidden.reshape(-1, hidden.shape[-1]), row[:, 1:].reshape(-1)))
    return torch.cat(losses).mean().item() / math.log(2) / bytes_per_token


def save(path: Path, model: Model, optimizers: list, state: dict) -> None:
    """Under another name first: a run that ends while it writes leaves the old file."""
    partial = path.with_suffix(".partial")
    torch.save(
        {
            "shape": model.shape.as_dict(),
            "model": model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in optimizers],
            "state": state,
        },
        partial,
    )
    partial.replace(path)


def keep() -> None:
    saved = torch.load(STABLE)
    weights = {name: weight.bfloat16() for name, weight in saved["model"].items()}
    torch.save({"shape": saved["shape"], "model": weights, "state": saved["state"]}, KEPT)


def write(record: dict) -> None:
    line = json.dumps({key: round(value, 4) if isinstance(value, float) else value for key, value in record.items()})
    with LOG.open("a") as log:
        log.write(line + "\n")
    print(line, flush=True)


if __name__ == "__main__":
    keep() if sys.argv[1:] == ["keep"] else main()
