"""Releases to look at and to damage: written from the demo project, unpacked, changed, sealed again."""

import csv
import hashlib
import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

from annotator.exchange.publish import Wanted, publish
from annotator.intents.release import Scope
from sources.models import Project

EVERY = ("draft", "submitted", "accepted", "rejected", "disputed")


def write(project: Project, path: Path, statuses: tuple[str, ...] = EVERY, **wanted) -> Path:
    scope = wanted.pop("scope", None) or Scope(statuses=statuses)
    publish(project, Wanted(scope=scope, **({"site": "https://desk.example"} | wanted)), path)
    return path


def unpack(path: Path, into: Path) -> Path:
    """The top folder."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(into)
    (top,) = into.iterdir()
    return top


def table(top: Path, name: str) -> list[list[str]]:
    """Rows of cells as they stand in the file; the header is the first."""
    with (top / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write_table(top: Path, name: str, rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    (top / "data" / f"{name}.csv").write_bytes(buffer.getvalue().encode())


def seal(top: Path) -> None:
    """Make every stated digest and size true again, as somebody would who hides a change."""
    _describe(top)
    payload = sorted(path for path in (top / "data").rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(top).as_posix()}\n" for path in payload]
    (top / "manifest-sha256.txt").write_text("".join(lines), encoding="utf-8")
    info = (top / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    oxum = f"Payload-Oxum: {sum(path.stat().st_size for path in payload)}.{len(payload)}"
    kept = [oxum if line.startswith("Payload-Oxum") else line for line in info]
    (top / "bag-info.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    tags = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")
    (top / "tagmanifest-sha256.txt").write_text(
        "".join(f"{_digest(top / tag)}  {tag}\n" for tag in tags), encoding="utf-8"
    )


def _describe(top: Path) -> None:
    """What datapackage.json and the RO-Crate state of the files, where they can still be read."""
    data = top / "data"
    with suppress(OSError, ValueError, LookupError, TypeError):
        package = json.loads((data / "datapackage.json").read_bytes())
        for resource in package["resources"]:
            path = data / resource["path"]
            resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{_digest(path)}"}
        _write_json(data / "datapackage.json", package)
    with suppress(OSError, ValueError, LookupError, TypeError):
        crate = json.loads((data / "ro-crate-metadata.json").read_bytes())
        named = {part["@id"]: part for part in crate["@graph"] if part["@type"] == "File"}
        files = {
            path.relative_to(data).as_posix(): path for path in sorted(data.rglob("*")) if path.is_file()
        }
        del files["ro-crate-metadata.json"]
        parts = [
            named.get(name, {"@id": name, "@type": "File"})
            | {"contentSize": str(path.stat().st_size), "sha256": _digest(path)}
            for name, path in files.items()
        ]
        crate["@graph"] = [part for part in crate["@graph"] if part["@type"] != "File"] + parts
        _write_json(data / "ro-crate-metadata.json", crate)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
