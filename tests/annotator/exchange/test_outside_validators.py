"""The formats as other people's libraries read them: given the unpacked folder, else they check nothing."""

import json
import subprocess
import sys
from pathlib import Path

import bagit
import pyarrow
import pyarrow.json
import pytest
from frictionless import Package, system
from rocrate.rocrate import ROCrate

from .releases import table, write_table


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / script, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_bagit_accepts_it(top):
    done = run("bagit.py", "--validate", top)
    assert done.returncode == 0, done.stderr
    bag = bagit.Bag(str(top))
    assert len(bag.payload_entries()) == 2 * 20 + 12
    assert bag.info["Payload-Oxum"].endswith(f".{len(bag.payload_entries())}")


def test_bagit_refuses_a_changed_file(top):
    path = top / "data" / "claims.csv"
    path.write_bytes(path.read_bytes()[:-3] + b"x\r\n")
    done = run("bagit.py", "--validate", top)
    assert done.returncode != 0


@pytest.mark.lengthy
def test_frictionless_accepts_it(top):
    descriptor = top / "data" / "datapackage.json"
    done = run("frictionless", "validate", descriptor, "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["valid"] is True
    assert len(report["tasks"]) == 20
    rows = {task["name"]: task["stats"]["rows"] for task in report["tasks"]}
    assert rows["claims"] == len(table(top, "claims")) - 1 > 50
    assert all(count > 0 for count in rows.values()), rows


@pytest.mark.lengthy
def test_frictionless_refuses_a_reference_to_nothing(top):
    rows = table(top, "reviews")
    rows[1][1] = "00000000-0000-0000-0000-000000000000"
    write_table(top, "reviews", rows)
    with system.use_context(trusted=True):
        report = Package(str(top / "data" / "datapackage.json")).validate()
    kinds = {error.type for task in report.tasks for error in task.errors}
    assert "foreign-key" in kinds


def test_the_crate_names_every_file(top):
    crate = json.loads((top / "data" / "ro-crate-metadata.json").read_text())
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    assert graph["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    data = top / "data"
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert parts == there - {"ro-crate-metadata.json"}
    assert all(graph[part]["@type"] == "File" for part in parts)


def test_another_reader_of_crates_finds_every_file(top):
    data = top / "data"
    crate = ROCrate(data)
    root = crate.root_dataset
    assert root["license"]["name"] == "All rights reserved"
    assert [person.type for person in root["creator"]] == ["Person"] * len(root["creator"])
    parts = {part.id: part for part in root["hasPart"]}
    assert len(parts) == 2 * 20 + 11, "all that the bag holds but the crate itself"
    for name, part in parts.items():
        assert part.type == "File"
        assert int(part["contentSize"]) == (data / name).stat().st_size, name
        assert part["encodingFormat"] and part["description"], name


def test_another_reader_refuses_a_crate_without_its_root(top):
    path = top / "data" / "ro-crate-metadata.json"
    crate = json.loads(path.read_text())
    crate["@graph"] = [one for one in crate["@graph"] if one["@id"] != "./"]
    path.write_text(json.dumps(crate))
    with pytest.raises((ValueError, KeyError)):
        ROCrate(top / "data")


def test_another_reader_takes_a_claim_a_line(top):
    lines = pyarrow.json.read_json(top / "data" / "claims.jsonl").to_pylist()
    header, *rows = table(top, "claims")
    at = {name: header.index(name) for name in ("claim_id", "quote_printed", "review_status")}
    assert [[line[name] for name in at] for line in lines] == [[row[i] for i in at.values()] for row in rows]


def test_another_reader_refuses_a_line_that_is_cut(top):
    path = top / "data" / "claims.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(pyarrow.ArrowInvalid):
        pyarrow.json.read_json(path)
