"""Holds llama.cpp against PyTorch: `parity.py CHECKPOINT MODEL.gguf`, log-probabilities of 50 held-out prompts.

The prompts are in the extension's own form, holes of work/holes.jsonl cut to MOST_TOKENS. llama.cpp computes through
node-llama-cpp (`npm run eval -- log-probabilities`), with keys and values in F32.
"""

import json
import subprocess
import sys
from pathlib import Path

import torch

import tokenizer as vocabulary
from corpus import HERE
from model import Model, Shape
from samples import near_suffix

PROMPTS = 50
MOST_TOKENS = 400
PREFIX_CHARS = 900


def main(checkpoint: str, gguf: str) -> None:
    saved = torch.load(checkpoint, map_location="cpu")
    model = Model(Shape(**saved["shape"]))
    model.load_state_dict({name: weight.float() for name, weight in saved["model"].items()})
    prompts = make_prompts()
    ours = [log_probabilities(model, tokens) for tokens in prompts]
    theirs = ask_llama(prompts, gguf)
    differences = torch.cat([(mine - other).abs() for mine, other in zip(ours, theirs, strict=True)])
    mean = torch.cat(ours).mean().item()
    print(
        f"{len(prompts)} prompts, {differences.numel()} tokens, mean log-probability {mean:.4f} in PyTorch, "
        f"{torch.cat(theirs).mean():.4f} in llama.cpp; difference at most {differences.max():.2e}, "
        f"mean {differences.mean():.2e}"
    )


def make_prompts() -> list[list[int]]:
    tokenizer = vocabulary.load()
    bos, eos, hole, begin, end = (tokenizer.token_to_id(text) for text in vocabulary.SPECIALS)
    lines = (HERE / "work" / "holes.jsonl").read_text().splitlines()
    prompts = []
    for line in lines[:: len(lines) // PROMPTS][:PROMPTS]:
        each = json.loads(line)
        prefix = tokenizer.encode(each["prefix"][-PREFIX_CHARS:], add_special_tokens=False).ids
        suffix = tokenizer.encode(near_suffix(each["suffix"]), add_special_tokens=False).ids
        middle = tokenizer.encode(each["middle"], add_special_tokens=False).ids
        prompts.append([bos, begin, *prefix, hole, *suffix, end, *middle, eos][:MOST_TOKENS])
    return prompts


@torch.no_grad()
def log_probabilities(model: Model, tokens: list[int]) -> torch.Tensor:
    row = torch.tensor([tokens])
    chances = model.logits(row[:, :-1])[0].log_softmax(-1)
    return chances.gather(-1, row[0, 1:, None])[:, 0]


def ask_llama(prompts: list[list[int]], gguf: str) -> list[torch.Tensor]:
    data, out = HERE / "work" / "parity-prompts.jsonl", HERE / "work" / "parity-llama.jsonl"
    data.write_text("".join(json.dumps({"tokens": tokens}) + "\n" for tokens in prompts))
    command = ["npm", "run", "--silent", "eval", "--", "log-probabilities"]
    # npm goes to the project's folder.
    command += ["--data", str(data), "--model", str(Path(gguf).resolve()), "--out", str(out)]
    subprocess.run(command, check=True, cwd=HERE)
    return [torch.tensor(json.loads(line)) for line in out.read_text().splitlines()]


if __name__ == "__main__":
    main(*sys.argv[1:])
