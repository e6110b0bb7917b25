"""Trains tokenizer.json: byte-level BPE with DeepSeek's names for the special tokens.

The words it merges within are those of llama.cpp's pre-tokenizer "qwen2" (src/llama-vocab.cpp), so that llama.cpp
cuts text as training did.
"""

import json
import random

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from corpus import CORPUS, HERE, SEED

# Beside the checkpoint, which means nothing without it.
FILE = HERE / "tokenizer.json"
VOCABULARY = 8192

BOS = "<｜begin▁of▁sentence｜>"
EOS = "<｜end▁of▁sentence｜>"
FIM_BEGIN = "<｜fim▁begin｜>"
FIM_HOLE = "<｜fim▁hole｜>"
FIM_END = "<｜fim▁end｜>"
SPECIALS = (BOS, EOS, FIM_HOLE, FIM_BEGIN, FIM_END)

WORDS = (
    r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# Merges settle long before all of it is read.
TRAINING_BYTES = 40_000_000


def main() -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORDS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIALS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(training_texts(), trainer)
    tokenizer.save(str(FILE))
    print(f"{tokenizer.get_vocab_size()} tokens in {FILE}")


def training_texts() -> list[str]:
    texts = [json.loads(line)["text"] for line in (CORPUS / "train.jsonl").open()]
    random.Random(SEED).shuffle(texts)
    size, taken = 0, []
    for text in texts:
        if size > TRAINING_BYTES:
            break
        taken.append(text)
        size += len(text)
    return taken


def load() -> Tokenizer:
    return Tokenizer.from_file(str(FILE))


if __name__ == "__main__":
    main()
