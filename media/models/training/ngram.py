"""What the model has to beat: an interpolated 5-gram of the training data with a cache of the file so far.

`ngram.py bits` prints bits per byte of the test packages, `ngram.py write` completes work/holes.jsonl into
work/ngram.jsonl, for `npm run eval -- lines --written`.

Both parts are interpolated by Witten and Bell's rule (Chen and Goodman 1998, section 2.5) and mixed with a weight that
is best on the validation packages. The tokens are the model's own.
"""

import json
import math
import random
import sys

import numpy as np

import tokenizer as vocabulary
from corpus import CORPUS, HERE
from holes import TEXTS
from samples import LANGUAGE_SHARES, UNFINISHED_WORD

ORDER = 5
BITS = 13
MOST_TOKENS = 48
CACHE_WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
VALIDATION_TOKENS = 30_000
TOKENS_PER_FILE = 1_024


class Counts:
    """How often each token follows each context of one length in the corpus, as two sorted arrays."""

    def __init__(self, tokens: np.ndarray, context: int) -> None:
        self.context = context
        contexts = np.zeros(len(tokens) - context, np.uint64)
        for at in range(context):
            contexts = contexts << np.uint64(BITS) | tokens[at : at + len(contexts)]
        keys = hashed(contexts) << np.uint64(BITS) | tokens[context:]
        self._keys, self._counts = np.unique(keys, return_counts=True)

    def after(self, recent: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """Tokens and their counts."""
        value = 0
        for token in recent[len(recent) - self.context :]:
            value = value << BITS | token
        start = int(hashed(np.array([value], np.uint64))[0]) << BITS
        first, last = np.searchsorted(self._keys, np.array([start, start + (1 << BITS)], np.uint64))
        return (self._keys[first:last] & np.uint64((1 << BITS) - 1)).astype(np.int64), self._counts[first:last]


class Cache:
    """The same of one document, growing with it."""

    def __init__(self) -> None:
        self._after: list[dict[tuple[int, ...], dict[int, int]]] = [{} for _ in range(ORDER)]
        self._tokens: list[int] = []

    def add(self, token: int) -> None:
        for length, table in enumerate(self._after):
            if length <= len(self._tokens):
                counts = table.setdefault(tuple(self._tokens[len(self._tokens) - length :]), {})
                counts[token] = counts.get(token, 0) + 1
        self._tokens.append(token)

    def after(self, length: int) -> tuple[np.ndarray, np.ndarray]:
        key = tuple(self._tokens[len(self._tokens) - length :])
        counts = self._after[length].get(key, {}) if length <= len(self._tokens) else {}
        return np.fromiter(counts.keys(), np.int64, len(counts)), np.fromiter(counts.values(), np.int64, len(counts))

    @property
    def recent(self) -> list[int]:
        return self._tokens[-ORDER:]


class Predictor:
    def __init__(self, cache_weight: float = 0.5) -> None:
        rng = random.Random("5-gram")
        chosen = (
            tokens for document, tokens in documents("train") if rng.random() < LANGUAGE_SHARES[document["language"]]
        )
        tokens = np.concatenate([np.array(each, np.uint16) for each in chosen]).astype(np.uint64)
        print(f"{len(tokens) / 1e6:.1f} M tokens", file=sys.stderr)
        self._tables = [Counts(tokens, length) for length in range(1, ORDER)]
        self._unigrams = (np.bincount(tokens.astype(np.int64), minlength=1 << BITS) + 1.0) / (len(tokens) + (1 << BITS))
        self._uniform = np.full(1 << BITS, 1 / (1 << BITS))
        self.cache_weight = cache_weight

    def parts(self, cache: Cache) -> tuple[np.ndarray, np.ndarray]:
        """The next token's probabilities by the corpus, and by the document."""
        corpus, document = self._unigrams, self._uniform
        for table in self._tables:
            if table.context <= len(cache.recent):
                corpus = interpolated(*table.after(cache.recent), corpus)
        for length in range(ORDER):
            document = interpolated(*cache.after(length), document)
        return corpus, document

    def probabilities(self, cache: Cache) -> np.ndarray:
        corpus, document = self.parts(cache)
        return (1 - self.cache_weight) * corpus + self.cache_weight * document


def interpolated(tokens: np.ndarray, counts: np.ndarray, shorter: np.ndarray) -> np.ndarray:
    if len(tokens) == 0:
        return shorter
    kinds, total = len(tokens), counts.sum()
    mixed = shorter * (kinds / (kinds + total))
    mixed[tokens] += counts / (kinds + total)
    return mixed


def hashed(contexts: np.ndarray) -> np.ndarray:
    """51 bits of a context, so that a token fits behind: at worst two contexts in a billion are taken for one."""
    return contexts * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(BITS)


def tuned(predictor: Predictor) -> Predictor:
    """With the mixture that is best on the validation packages."""
    chances: list[tuple[float, float]] = []
    for _, tokens in documents("valid"):
        cache = Cache()
        for token in tokens[:TOKENS_PER_FILE]:
            corpus, document = predictor.parts(cache)
            chances.append((corpus[token], document[token]))
            cache.add(token)
        if len(chances) > VALIDATION_TOKENS:
            break
    pairs = np.array(chances)
    loss = {weight: -np.log(pairs @ [1 - weight, weight]).mean() for weight in CACHE_WEIGHTS}
    predictor.cache_weight = min(loss, key=loss.get)
    print("cache weight", predictor.cache_weight, file=sys.stderr)
    return predictor


def documents(role: str):
    tokenizer = vocabulary.load()
    bos = tokenizer.token_to_id(vocabulary.BOS)
    for line in (CORPUS / f"{role}.jsonl").open():
        document = json.loads(line)
        yield document, [bos, *tokenizer.encode(document["text"], add_special_tokens=False).ids]


def bits() -> None:
    """Bits per byte of the texts that holes.py takes from the test packages, per language."""
    predictor = tuned(Predictor())
    tokenizer = vocabulary.load()
    sums: dict[str, list[float]] = {}
    for line in TEXTS.open():
        text = json.loads(line)
        cache = Cache()
        cache.add(tokenizer.token_to_id(vocabulary.BOS))
        loss = 0.0
        for token in tokenizer.encode(text["text"], add_special_tokens=False).ids:
            loss -= math.log2(predictor.probabilities(cache)[token])
            cache.add(token)
        total = sums.setdefault(text["language"], [0.0, 0])
        total[0] += loss
        total[1] += len(text["text"].encode())
    print(json.dumps({language: round(loss / size, 4) for language, (loss, size) in sums.items()}))


def write() -> None:
    predictor = tuned(Predictor())
    tokenizer = vocabulary.load()
    texts = [tokenizer.decode([token]) for token in range(1 << BITS)]
    bos = tokenizer.token_to_id(vocabulary.BOS)
    with (HERE / "work" / "ngram.jsonl").open("w") as out:
        for line in (HERE / "work" / "holes.jsonl").open():
            hole = json.loads(line)
            cut = UNFINISHED_WORD.search(hole["prefix"]).start()
            prefix, word = hole["prefix"][:cut], hole["prefix"][cut:]
            cache = Cache()
            for token in [bos, *tokenizer.encode(prefix, add_special_tokens=False).ids]:
                cache.add(token)
            written = ""
            for _ in range(MOST_TOKENS):
                chances = predictor.probabilities(cache)
                left = word[len(written) :]
                token = spelling(left, chances, texts) if left else int(chances.argmax())
                written += texts[token]
                cache.add(token)
                if "\n" in written[len(word) :] or token < len(vocabulary.SPECIALS):
                    break
            out.write(json.dumps({"id": hole["id"], "written": written[len(word) :]}) + "\n")


def spelling(left: str, chances: np.ndarray, texts: list[str]) -> int:
    """The likeliest token that begins with `left`, else the likeliest that `left` begins with (src/engine/healing.ts)."""
    whole = [token for token, text in enumerate(texts) if text.startswith(left)]
    if not whole:
        whole = [token for token, text in enumerate(texts) if text and left.startswith(text)]
    return max(whole, key=lambda token: chances[token])


if __name__ == "__main__":
    {"bits": bits, "write": write}[sys.argv[1]]()
