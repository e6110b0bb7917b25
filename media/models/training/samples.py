"""Makes rows of tokens for training from the corpus: work/rows/EPOCH-LENGTH.npz.

Half of the documents are learned as they are, the others in the form in which the extension asks
(PSM: BOS, <fim_begin> prefix <fim_hole> suffix <fim_end> middle EOS), in windows with a hole each. A part has the
path line that DeepSeek-Coder's repository form puts before a file, and some of those another file of the package.
Prefix, suffix and middle are tokenized one by one, as the engine does it.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

import tokenizer as vocabulary
from corpus import CORPUS, HERE

ROWS = HERE / "work" / "rows"

# TypeScript and JavaScript first: of Python there is more.
LANGUAGE_SHARES = {"typescript": 1.0, "javascript": 1.0, "python": 0.45}
FIM_SHARE = 0.5
PATH_SHARE = 0.3
# Of the samples with a path: those that another file of the package stands before.
NEIGHBOUR_SHARE = 0.35
NEIGHBOUR_CHARS = 700
# What the extension sends of the text behind the cursor (src/core/completion/prompt.ts).
NEAR_SUFFIX_CHARS = 320
NEAR_SUFFIX_SHARE = 0.75
SMALL_WINDOW_SHARE = 0.6
SMALL_WINDOW_CHARS = (250, 900)
CHARS_PER_TOKEN = 3.2
# "end": to the end of a line; "line": a line behind its indentation; "span": inside a line; "lines": up to eight
# whole ends of lines; "chars": anywhere to anywhere.
KINDS = ("end", "line", "span", "lines", "chars")
KIND_WEIGHTS = (0.32, 0.2, 0.2, 0.2, 0.08)


@dataclass(frozen=True)
class Sample:
    tokens: list[int]
    # Index of the first token of the middle.
    middle: int


def main(epoch: int, length: int) -> None:
    rng = random.Random(f"rows {epoch}")
    documents = [json.loads(line) for line in (CORPUS / "train.jsonl").open()]
    documents = [each for each in documents if rng.random() < LANGUAGE_SHARES[each["language"]]]
    rng.shuffle(documents)
    make = SampleMaker(documents, length, rng)
    samples, plain = [], []
    for document in documents:
        if rng.random() < FIM_SHARE:
            samples.extend(make.filled(document))
        else:
            plain.extend(make.plain(document))
    rng.shuffle(samples)
    rows, middles = pack(samples, plain, length)
    order = np.random.default_rng(epoch).permutation(len(rows))
    ROWS.mkdir(exist_ok=True)
    np.savez(ROWS / f"{epoch}-{length}.npz", tokens=rows[order], middles=middles[order])
    print(f"{rows.size / 1e6:.1f} M tokens, {middles.mean():.1%} of them in {len(samples)} middles")


class SampleMaker:
    def __init__(self, documents: list[dict], length: int, rng: random.Random) -> None:
        self._tokenizer: Tokenizer = vocabulary.load()
        ids = (self._tokenizer.token_to_id(text) for text in vocabulary.SPECIALS)
        self._bos, self._eos, self._hole, self._begin, self._end = ids
        self._length = length
        self._rng = rng
        self._neighbours: dict[str, list[dict]] = {}
        for document in documents:
            self._neighbours.setdefault(document["package"], []).append(document)

    def plain(self, document: dict) -> list[int]:
        text = document["text"]
        if self._rng.random() < PATH_SHARE:
            text = f"#{document['path']}\n{text}"
        return [self._bos, *self._encode(text), self._eos]

    def filled(self, document: dict) -> Iterator[Sample]:
        text = document["text"]
        at = 0
        while at < len(text) - 100:
            window = self._window_chars()
            sample = self._sample(document, text[at : at + window])
            if sample is not None:
                yield sample
            # The next one begins with a line, as the extension's prompts do.
            at = text.find("\n", at + window - 1) + 1 or len(text)

    def _window_chars(self) -> int:
        if self._rng.random() < SMALL_WINDOW_SHARE:
            return self._rng.randint(*SMALL_WINDOW_CHARS)
        return self._rng.randint(SMALL_WINDOW_CHARS[1], int(self._length * CHARS_PER_TOKEN))

    def _sample(self, document: dict, window: str) -> Sample | None:
        hole = choose_hole(window, self._rng)
        if hole is None:
            return None
        prefix, middle, suffix = window[: hole[0]], window[hole[0] : hole[1]], window[hole[1] :]
        if self._rng.random() < NEAR_SUFFIX_SHARE:
            suffix = near_suffix(suffix)
        before: list[int] = []
        if self._rng.random() < PATH_SHARE:
            prefix = f"#{document['path']}\n{prefix}"
            if self._rng.random() < NEIGHBOUR_SHARE:
                before, prefix = self._with_neighbour(document, prefix)
        start = [self._bos, *before, self._begin, *self._encode(prefix), self._hole, *self._encode(suffix), self._end]
        tokens = [*start, *self._encode(middle), self._eos]
        return Sample(tokens, len(start)) if len(tokens) <= self._length else None

    def _with_neighbour(self, document: dict, prefix: str) -> tuple[list[int], str]:
        """Before the marker in one half of the cases, behind it in the other."""
        other = self._rng.choice(self._neighbours[document["package"]])
        if other is document:
            return [], prefix
        text = f"#{other['path']}\n{other['text'][:NEIGHBOUR_CHARS]}\n"
        return (self._encode(text), prefix) if self._rng.random() < 0.5 else ([], text + prefix)

    def _encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids


def choose_hole(window: str, rng: random.Random) -> tuple[int, int] | None:
    """Where the middle begins and ends, or None where the window has no line for it."""
    kind = rng.choices(KINDS, KIND_WEIGHTS)[0]
    if kind == "chars":
        start, end = sorted(rng.sample(range(len(window)), 2))
        return start, min(end, start + len(window) // 3)
    lines = [line for line in line_spans(window) if window[line[0] : line[1]].strip()]
    # Not the first lines: a completion with nothing before it is a guess.
    first = min(2, len(lines) - 1)
    if first < 0:
        return None
    at = rng.randint(first, len(lines) - 1)
    start, end = lines[at]
    indented = end - len(window[start:end].lstrip())
    if kind == "line":
        return indented, end
    if kind == "end":
        return rng.randint(indented, end), end
    if kind == "lines":
        return rng.randint(indented, end), lines[min(len(lines) - 1, at + rng.randint(1, 7))][1]
    from_, to = sorted((rng.randint(indented, end), rng.randint(indented, end)))
    return from_, to


def line_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def near_suffix(suffix: str) -> str:
    """As the extension cuts it: at the last line end that fits."""
    if len(suffix) <= NEAR_SUFFIX_CHARS:
        return suffix
    cut = suffix.rfind("\n", 0, NEAR_SUFFIX_CHARS)
    return suffix[: cut + 1] if cut > 0 else suffix[:NEAR_SUFFIX_CHARS]


def pack(samples: list[Sample], plain: list[int], length: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of `length` tokens, and which of them are middles. Samples stay whole, plain text fills what is left."""
    rows, middles = [], []
    left = sum(len(sample.tokens) for sample in samples)
    at, next_sample = 0, 0
    while at < len(plain) - length or next_sample < len(samples):
        row: list[int] = []
        middle = np.zeros(length, bool)
        if left > 0 and left >= len(plain) - at - length:
            while next_sample < len(samples) and len(row) + len(samples[next_sample].tokens) <= length:
                sample = samples[next_sample]
                middle[len(row) + sample.middle : len(row) + len(sample.tokens)] = True
                row.extend(sample.tokens)
                left -= len(sample.tokens)
                next_sample += 1
        missing = length - len(row)
        row.extend(plain[at : at + missing])
        at += missing
        if len(row) < length:
            break
        rows.append(np.array(row, np.uint16))
        middles.append(middle)
    return np.stack(rows), np.stack(middles)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
