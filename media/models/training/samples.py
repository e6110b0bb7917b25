"""Makes rows of tokens for training from the corpus: work/rows/STAGE.npz.

Half of the documents are learned as they are, the others with holes: PSM first (BOS <fim_begin> prefix <fim_hole> suffix
<fim_end> middle EOS), as DeepSeek-Coder has it, then SPM (BOS <fim_hole> suffix <fim_end> <fim_begin> prefix middle EOS),
as the extension asks this model. A part has the path line that DeepSeek-Coder's repository form puts before a file, and
some of those another file of the package. Prefix, suffix and middle are tokenized one by one, as the engine does it; a
prefix begins with a line and a suffix ends with one, as the extension cuts them. A middle begins with the word that the
cursor stands in: what a user has typed of a word makes tokens that say nothing of the word, so the extension lets the
model write it again (token healing), and a model of this size need not learn how words are spelled.
"""

import json
import math
import random
import re
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
PATH_SHARE = 0.15
# Of the samples with a path: those that another file of the package stands before.
NEIGHBOUR_SHARE = 0.35
NEIGHBOUR_CHARS = 700
SHORTEST_PREFIX_CHARS = 40
SHORTEST_SUFFIX_CHARS = 20
# What the extension sends of the text behind the cursor (src/core/completion/prompt.ts).
NEAR_SUFFIX_CHARS = 320
# Samples that have all of it; the others less.
WHOLE_SUFFIX_SHARE = 0.4
# "end": to the end of a line; "line": a line behind its indentation; "span": inside a line; "lines": up to eight
# whole ends of lines; "chars": anywhere to anywhere.
KINDS = ("end", "line", "span", "lines", "chars")
KIND_WEIGHTS = (0.36, 0.24, 0.24, 0.11, 0.05)
LEAST_MIDDLE_CHARS = 3
# A short middle is mostly EOS, from which ending at once is the cheapest lesson; but it is what accepting text needs.
SHORT_MIDDLE_SHARE = 0.08
LONGEST_CHARS_MIDDLE = 160
# What the model writes again: letters, and the one character before them that the pre-tokenizer joins to a word
# (src/core/completion/prompt.ts).
UNFINISHED_WORD = re.compile(r"((?![\r\n])[\W_])?[^\W\d_]*\Z")
# Rows of documents as they are; what samples leave of the other rows is filled with those as well.
PLAIN_ROW_SHARE = 0.12


@dataclass(frozen=True)
class Stage:
    """What is learned one after the other. Of a short sample more is middle, and what belongs to it is near."""

    length: int
    longest_prefix_chars: int
    rows: int
    # The suffix first, and the middle directly behind the prefix.
    suffix_first: bool = False


STAGES = {
    # Continuing text, before there was anything else (an earlier form of this script): kept.pt.
    "near": Stage(512, 240, 8_000),
    "far": Stage(512, 1_200, 34_000),
    "turned": Stage(512, 1_200, 10_000, suffix_first=True),
    "long": Stage(1024, 2_600, 3_400, suffix_first=True),
}


@dataclass(frozen=True)
class Sample:
    tokens: list[int]
    # Index of the first token of the middle.
    middle: int


def main(name: str) -> None:
    stage = STAGES[name]
    rng = random.Random(f"words {name}")
    documents = [json.loads(line) for line in (CORPUS / "train.jsonl").open()]
    documents = [each for each in documents if rng.random() < LANGUAGE_SHARES[each["language"]]]
    rng.shuffle(documents)
    filled = {id(each) for each in documents if rng.random() < FIM_SHARE}
    make = SampleMaker(documents, stage, rng)
    samples = make.filled([each for each in documents if id(each) in filled])
    plain = make.plain([each for each in documents if id(each) not in filled])
    rows, middles = pack(samples, plain, stage, rng)
    ROWS.mkdir(exist_ok=True)
    np.savez(ROWS / f"{name}.npz", tokens=rows, middles=middles)
    starts = np.diff(middles.astype(np.int8), axis=1) == 1
    print(f"{name}: {rows.size / 1e6:.1f} M tokens, {middles.mean():.1%} of them in {starts.sum()} middles")


class SampleMaker:
    def __init__(self, documents: list[dict], stage: Stage, rng: random.Random) -> None:
        self._tokenizer: Tokenizer = vocabulary.load()
        ids = (self._tokenizer.token_to_id(text) for text in vocabulary.SPECIALS)
        self._bos, self._eos, self._hole, self._begin, self._end = ids
        self._stage = stage
        self._rng = rng
        self._neighbours: dict[str, list[dict]] = {}
        for document in documents:
            self._neighbours.setdefault(document["package"], []).append(document)

    def plain(self, documents: list[dict]) -> Iterator[int]:
        """Documents after each other, for ever."""
        while True:
            for document in documents:
                text = document["text"]
                if self._rng.random() < PATH_SHARE:
                    text = f"#{document['path']}\n{text}"
                yield from (self._bos, *self._encode(text), self._eos)

    def filled(self, documents: list[dict]) -> Iterator[Sample]:
        """One hole of each document after the other, for ever: a batch is not of one file."""
        while True:
            for document in documents:
                sample = self._sample(document)
                if sample is not None:
                    yield sample

    def _sample(self, document: dict) -> Sample | None:
        text = document["text"]
        hole = choose_hole(text, self._rng)
        if hole is None:
            return None
        rng, stage = self._rng, self._stage
        from_ = hole[0] - log_uniform(SHORTEST_PREFIX_CHARS, stage.longest_prefix_chars, rng)
        prefix = text[text.find("\n", from_ - 1, hole[0]) + 1 if from_ > 0 else 0 : hole[0]]
        word = UNFINISHED_WORD.search(prefix).start()
        middle, rest = prefix[word:] + text[hole[0] : hole[1]], text[hole[1] :]
        prefix = prefix[:word]
        most = min(NEAR_SUFFIX_CHARS, stage.longest_prefix_chars // 2)
        whole = rng.random() < WHOLE_SUFFIX_SHARE
        suffix = near_suffix(rest, most if whole else log_uniform(SHORTEST_SUFFIX_CHARS, most, rng))
        before: list[int] = []
        if rng.random() < PATH_SHARE:
            prefix = f"#{document['path']}\n{prefix}"
            if rng.random() < NEIGHBOUR_SHARE:
                before, prefix = self._with_neighbour(document, prefix)
        prefix_part = [self._begin, *self._encode(prefix)]
        suffix_part = [self._hole, *self._encode(suffix), self._end]
        order = [*suffix_part, *prefix_part] if stage.suffix_first else [*prefix_part, *suffix_part]
        start = [self._bos, *before, *order]
        tokens = [*start, *self._encode(middle), self._eos]
        return Sample(tokens, len(start)) if len(tokens) <= stage.length else None

    def _with_neighbour(self, document: dict, prefix: str) -> tuple[list[int], str]:
        """Before the marker in one half of the cases, behind it in the other."""
        other = self._rng.choice(self._neighbours[document["package"]])
        if other is document:
            return [], prefix
        text = f"#{other['path']}\n{other['text'][: min(NEIGHBOUR_CHARS, self._stage.longest_prefix_chars)]}\n"
        return (self._encode(text), prefix) if self._rng.random() < 0.5 else ([], text + prefix)

    def _encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids


def log_uniform(least: int, most: int, rng: random.Random) -> int:
    return round(math.exp(rng.uniform(math.log(least), math.log(most))))


def choose_hole(text: str, rng: random.Random) -> tuple[int, int] | None:
    """Where the middle begins and ends, or None where there is no place for it in this try."""
    kind = rng.choices(KINDS, KIND_WEIGHTS)[0]
    least = 0 if rng.random() < SHORT_MIDDLE_SHARE else LEAST_MIDDLE_CHARS
    if kind == "chars":
        start = rng.randrange(len(text))
        return start, min(len(text), start + rng.randint(least, LONGEST_CHARS_MIDDLE))
    lines = [line for line in line_spans(text) if text[line[0] : line[1]].strip()]
    # Not the first lines: a completion with nothing before it is a guess.
    first = min(2, len(lines) - 1)
    if first < 0:
        return None
    at = rng.randint(first, len(lines) - 1)
    start, end = lines[at]
    indented = end - len(text[start:end].lstrip())
    if end - indented < least:
        return None
    if kind == "line":
        return indented, end
    from_ = rng.randint(indented, end - least)
    if kind == "end":
        return from_, end
    if kind == "lines":
        return from_, lines[min(len(lines) - 1, at + rng.randint(1, 7))][1]
    return from_, rng.randint(from_ + least, end)


def line_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def near_suffix(suffix: str, most: int = NEAR_SUFFIX_CHARS) -> str:
    """As the extension cuts it: at the last line end that fits."""
    if len(suffix) <= most:
        return suffix
    cut = suffix.rfind("\n", 0, most)
    return suffix[: cut + 1] if cut > 0 else suffix[:most]


def pack(
    samples: Iterator[Sample], plain: Iterator[int], stage: Stage, rng: random.Random
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of tokens, and which of them are middles. Samples stay whole, plain text fills what is left."""
    rows = np.zeros((stage.rows, stage.length), np.uint16)
    middles = np.zeros((stage.rows, stage.length), bool)
    sample = next(samples)
    for row, middle in zip(rows, middles, strict=True):
        used = 0
        fits = stage.length if rng.random() >= PLAIN_ROW_SHARE else 0
        while used + len(sample.tokens) <= fits:
            row[used : used + len(sample.tokens)] = sample.tokens
            middle[used + sample.middle : used + len(sample.tokens)] = True
            used += len(sample.tokens)
            sample = next(samples)
        row[used:] = [next(plain) for _ in range(stage.length - used)]
    return rows, middles


if __name__ == "__main__":
    main(sys.argv[1])
