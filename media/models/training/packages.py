"""The packages the corpus is made of: `lock` writes manifest.json from sources.json, `fetch` downloads what it names.

A manifest entry is {registry, name, version, licence, sha256, role}. The hash is that of the archive as the registry
serves it. Packages whose metadata names no licence of LICENCES are refused.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
ARCHIVES = HERE / "work" / "archives"
MANIFEST = HERE / "manifest.json"
LICENCES = {"MIT", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Apache-2.0", "Apache-2.0 OR MIT", "MIT OR Apache-2.0"}
# Two downloads at a time: a registry is shared.
DOWNLOADS_AT_ONCE = 2


def lock() -> None:
    sources = json.loads((HERE / "sources.json").read_text())
    wanted = [
        (registry, name, role)
        for registry, roles in sources.items()
        for role, names in roles.items()
        for name in names
    ]
    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        entries = list(pool.map(lock_one, wanted))
    kept = sorted((entry for entry in entries if entry), key=lambda e: (e["registry"], e["name"]))
    lines = ",\n".join("  " + json.dumps(entry) for entry in kept)
    MANIFEST.write_text(f"[\n{lines}\n]\n")
    print(f"{len(kept)} of {len(entries)} packages locked")


def lock_one(wanted: tuple[str, str, str]) -> dict | None:
    registry, name, role = wanted
    try:
        archive = download(registry, name, None)
    except subprocess.CalledProcessError as error:
        print(f"{name}: {error.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    version, licence = npm_facts(archive) if registry == "npm" else pypi_facts(archive)
    if licence not in LICENCES:
        print(f"{name}: licence {licence!r} is not one of ours", file=sys.stderr)
        return None
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    return {
        "registry": registry, "name": name, "version": version, "licence": licence, "role": role, "sha256": sha256,
    }


def fetch() -> None:
    """Downloads what is missing. Raises ValueError where an archive is not the one that was locked."""
    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        list(pool.map(archive_of, json.loads(MANIFEST.read_text())))


def archive_of(entry: dict) -> Path:
    """The archive of a manifest entry, downloaded where it is not there yet, its hash checked."""
    archive = find(entry["registry"], entry["name"], entry["version"])
    if archive is None:
        archive = download(entry["registry"], entry["name"], entry["version"])
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    if sha256 != entry["sha256"]:
        raise ValueError(f"{archive.name} is not the file that was locked: {sha256}")
    return archive


def folder_of(registry: str, name: str) -> Path:
    return ARCHIVES / registry / name.replace("/", "__")


def find(registry: str, name: str, version: str | None) -> Path | None:
    found = sorted(folder_of(registry, name).glob("*" if version is None else f"*-{version}[-.]*"))
    return found[0] if found else None


def download(registry: str, name: str, version: str | None) -> Path:
    there = find(registry, name, version)
    if there is not None:
        return there
    folder = folder_of(registry, name)
    folder.mkdir(parents=True, exist_ok=True)
    if registry == "npm":
        spec = name if version is None else f"{name}@{version}"
        command = ["npm", "pack", spec, "--silent", "--pack-destination", str(folder)]
    else:
        spec = name if version is None else f"{name}=={version}"
        command = [sys.executable, "-m", "pip", "download", spec, "--no-deps", "--quiet", "--dest", str(folder)]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
    return next(folder.iterdir())


def npm_facts(archive: Path) -> tuple[str, str]:
    with tarfile.open(archive) as tar:
        member = next(m for m in tar if re.fullmatch(r"[^/]+/package\.json", m.name))
        package = json.load(tar.extractfile(member))
    return package["version"], str(package.get("license", ""))


def pypi_facts(archive: Path) -> tuple[str, str]:
    metadata = pypi_metadata(archive)
    version = re.search(r"^Version: *(\S+)", metadata, re.M)[1]
    expression = re.search(r"^License-Expression: *(.+)$", metadata, re.M)
    if expression:
        return version, expression[1].strip()
    named = " ".join(
        re.findall(r"^Classifier: License :: OSI Approved :: (.+)$", metadata, re.M)
        or re.findall(r"^License: *(.+)$", metadata, re.M)
    )
    for pattern, licence in ((r"Apache", "Apache-2.0"), (r"\bMIT\b", "MIT"), (r"BSD", "BSD"), (r"ISC", "ISC")):
        if re.search(pattern, named):
            return version, licence
    return version, named


def pypi_metadata(archive: Path) -> str:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
            return wheel.read(name).decode()
    with tarfile.open(archive) as tar:
        member = next(m for m in tar if re.fullmatch(r"[^/]+/PKG-INFO", m.name))
        return tar.extractfile(member).read().decode()


if __name__ == "__main__":
    {"lock": lock, "fetch": fetch}[sys.argv[1]]()
