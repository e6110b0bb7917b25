"""Makes work/holes.jsonl, what `npm run eval -- lines` fills in: places in files of the test packages; and
work/texts.jsonl, beginnings of such files, whose bits per byte are counted.

Three kinds, as many of each for every language: "line" (a line behind its indentation), "span" (a piece inside a
line), "end" (from somewhere in a line to its end). Comments and lines without a word are left out, and the first lines
of a file, which nothing leads up to.
"""

import json
import random
import re

from corpus import CORPUS, HERE, SEED
from samples import line_spans

OUT = HERE / "work" / "holes.jsonl"
TEXTS = HERE / "work" / "texts.jsonl"
TEXTS_PER_LANGUAGE = 24
TEXT_CHARS = 1_500
HOLES_PER_KIND = 500
HOLES_PER_FILE_AND_KIND = 5
FILE_CHARS = (1_200, 12_000)
FIRST_LINES = 4
LEAST_CHARS = 3
LONGEST_SPAN = 40
COMMENT = re.compile(r"^\s*(//|/?\*|#|\"\"\"|''')")
KINDS = ("line", "span", "end")


def main() -> None:
    files: dict[str, list[dict]] = {}
    for line in (CORPUS / "test.jsonl").open():
        document = json.loads(line)
        if FILE_CHARS[0] <= len(document["text"]) <= FILE_CHARS[1]:
            files.setdefault(document["language"], []).append(document)
    with TEXTS.open("w") as out:
        for language, documents in sorted(files.items()):
            for document in random.Random(f"{SEED} {language} texts").sample(documents, TEXTS_PER_LANGUAGE):
                text = document["text"][:TEXT_CHARS]
                out.write(json.dumps({"language": language, "text": text}, ensure_ascii=False) + "\n")
    with OUT.open("w") as out:
        for language, documents in sorted(files.items()):
            rng = random.Random(f"{SEED} {language}")
            rng.shuffle(documents)
            holes = [hole for document in documents for hole in holes_in(document, rng)]
            for kind in KINDS:
                of_kind = [hole for hole in holes if hole["kind"] == kind][:HOLES_PER_KIND]
                print(language, kind, len(of_kind), "in", len({hole["path"] for hole in of_kind}), "files")
                out.writelines(json.dumps(hole, ensure_ascii=False) + "\n" for hole in of_kind)


def holes_in(document: dict, rng: random.Random) -> list[dict]:
    text = document["text"]
    lines = [
        (start, end)
        for start, end in line_spans(text)[FIRST_LINES:]
        if re.search(r"\w", text[start:end]) and not COMMENT.match(text[start:end])
    ]
    holes = []
    for kind in KINDS:
        for start, end in sorted(rng.sample(lines, min(HOLES_PER_FILE_AND_KIND, len(lines)))):
            place = place_in(text, start, end, kind, rng)
            if place is None:
                continue
            from_, to = place
            holes.append(
                {
                    "id": f"{document['package']}/{document['path']}:{from_}-{to}",
                    "language": document["language"],
                    "kind": kind,
                    "package": document["package"],
                    "path": document["path"],
                    "prefix": text[:from_],
                    "middle": text[from_:to],
                    "suffix": text[to:],
                }
            )
    return holes


def place_in(text: str, start: int, end: int, kind: str, rng: random.Random) -> tuple[int, int] | None:
    end = start + len(text[start:end].rstrip())
    indented = end - len(text[start:end].lstrip())
    if kind == "line":
        return (indented, end) if end - indented >= LEAST_CHARS else None
    if end - indented < 2 * LEAST_CHARS + 1:
        return None
    from_ = rng.randint(indented + 1, end - LEAST_CHARS)
    if kind == "end":
        return from_, end
    from_ = rng.randint(indented, end - LEAST_CHARS - 1)
    to = rng.randint(from_ + LEAST_CHARS, min(end - 1, from_ + LONGEST_SPAN))
    return (from_, to) if text[from_:to].strip() else None


if __name__ == "__main__":
    main()
