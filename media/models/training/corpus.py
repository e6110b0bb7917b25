"""From the locked packages to work/corpus/{train,valid,test}.jsonl: {language, package, path, text}, one file a line.

Left out: what is minified, generated, transpiled, vendored, data rather than code, or holds something shaped like a
secret; and files most of whose text was seen in another one. Held-out packages come first, so that a copy of one of
their files is dropped from the training data, not from the test.
"""

import gzip
import hashlib
import io
import json
import random
import re
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from packages import HERE, MANIFEST, archive_of

CORPUS = HERE / "work" / "corpus"
SEED = 1
ROLES = ("test", "valid", "train")

LANGUAGES = {
    "ts": "typescript", "tsx": "typescript", "mts": "typescript", "cts": "typescript",
    "js": "javascript", "jsx": "javascript", "mjs": "javascript", "cjs": "javascript",
    "py": "python",
}  # fmt: skip

# One package must not speak for a language.
MOST_BYTES_PER_PACKAGE = 2_500_000
LEAST_FILE_BYTES = 200
MOST_FILE_BYTES = 100_000
LONGEST_LINE = 400
LONGEST_MEAN_LINE = 80
SHINGLE_LINES = 5
# A file with more than this share of known shingles is a near-duplicate.
MOST_KNOWN_SHARE = 0.5

OTHERS_CODE = re.compile(
    r"(^|/)(node_modules|bower_components|_?vendor(ed)?|_distutils|third[-_]party|extern(al|s)?|locales?|i18n|lang|"
    r"fixtures?|__fixtures__|__snapshots__|migrations|testdata|test[-_]data|codemods?)/",
    re.I,
)
BUILT = re.compile(r"(^|/)(dist|build|umd|cjs|esm\d*|es\d*|bundles?|prebuilt|out)/|[.-](min|bundle|umd|prod)\.", re.I)
TYPES_ONLY = re.compile(r"\.d\.[cm]?ts$|\.flow$")
GENERATED = re.compile(r"auto-?generated|generated (by|from|file|using)|do not (edit|modify)|@generated|@flow", re.I)
TRANSPILED = re.compile(r"__esModule|sourceMappingURL|_interopRequire|__webpack_require__|__awaiter|_createClass\(")
# The shapes that public scanners look for first; a file that matches is dropped, right or wrong.
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[baprs]-[A-Za-z0-9-]{10}|"
    r"\bsk-[A-Za-z0-9]{32}|\bsk_live_[A-Za-z0-9]{16}|\bAIza[0-9A-Za-z_-]{35}|\bnpm_[A-Za-z0-9]{36}|\bhf_[A-Za-z]{34}"
)


def main() -> None:
    CORPUS.mkdir(parents=True, exist_ok=True)
    entries = json.loads(MANIFEST.read_text())
    known: set[int] = set()
    dropped: Counter[str] = Counter()
    for role in ROLES:
        kept: Counter[str] = Counter()
        with (CORPUS / f"{role}.jsonl").open("w") as out:
            for entry in entries:
                if entry["role"] != role:
                    continue
                for record in package_files(entry, known, dropped):
                    kept[record["language"]] += len(record["text"].encode())
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
        print(role, {language: f"{count / 1e6:.1f} MB" for language, count in kept.items()})
    print("left out:", dict(dropped.most_common()))


def package_files(entry: dict, known: set[int], dropped: Counter[str]) -> Iterator[dict]:
    files = list(read_archive(archive_of(entry)))
    typescript = sum(language_of(path) == "typescript" for path, _ in files) >= 5
    random.Random(f"{SEED}:{entry['name']}").shuffle(files)
    size = 0
    for path, data in files:
        language = language_of(path)
        # A package that ships TypeScript ships what it was compiled to as well.
        reason = "compiled" if typescript and language == "javascript" else None
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
        reason = reason or unfit(path, text)
        if reason is None:
            shingles = shingles_of(text)
            if sum(each in known for each in shingles) > MOST_KNOWN_SHARE * len(shingles):
                reason = "near-duplicate"
        if reason is None and size > MOST_BYTES_PER_PACKAGE:
            reason = "package is large"
        if reason is not None:
            dropped[reason] += 1
            continue
        known.update(shingles)
        size += len(data)
        yield {"language": language, "package": entry["name"], "path": path, "text": text}


def language_of(path: str) -> str | None:
    return None if TYPES_ONLY.search(path) else LANGUAGES.get(path.rsplit(".", 1)[-1].lower())


def unfit(path: str, text: str) -> str | None:
    """Why a file is not to be learned from, or None."""
    if OTHERS_CODE.search(path):
        return "vendored or data"
    if BUILT.search(path):
        return "built"
    if not LEAST_FILE_BYTES <= len(text.encode()) <= MOST_FILE_BYTES:
        return "size"
    if "\ufffd" in text or "\0" in text:
        return "not UTF-8"
    if GENERATED.search(text[:2_000]):
        return "generated"
    if TRANSPILED.search(text):
        return "transpiled"
    lines = text.split("\n")
    if max(map(len, lines)) > LONGEST_LINE or len(text) / len(lines) > LONGEST_MEAN_LINE:
        return "minified or data"
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    if letters < 0.3 * len(text) or digits > 0.15 * len(text) or not text.isascii() and outside_ascii(text) > 0.05:
        return "minified or data"
    return "secret" if SECRET.search(text) else None


def outside_ascii(text: str) -> float:
    return sum(ord(character) > 127 for character in text) / len(text)


def shingles_of(text: str) -> list[int]:
    lines = [line.strip() for line in text.split("\n") if len(line.strip()) > 3]
    windows = range(max(1, len(lines) - SHINGLE_LINES + 1))
    return [hash_of("\n".join(lines[at : at + SHINGLE_LINES])) for at in windows]


def hash_of(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def read_archive(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Every source file of a package, its path without the archive's own top folder. Nothing is unpacked to disk."""
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as wheel:
            for name in sorted(wheel.namelist()):
                if language_of(name):
                    yield name, wheel.read(name)
        return
    # Unpacked first: going back in a compressed stream begins it anew.
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive.read_bytes()))) as tar:
        members = sorted((member for member in tar if member.isfile()), key=lambda member: member.name)
        for member in members:
            if language_of(member.name):
                yield member.name.partition("/")[2], tar.extractfile(member).read()


if __name__ == "__main__":
    sys.exit(main())
