"""verify.py as a stranger runs it: another process, nothing of ours on its path."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.exchange.exporters import verify_py
from annotator.exchange.verification import citations, verify

from .releases import table, write_table


def run(script, *arguments, cwd="/"):
    return subprocess.run(
        [sys.executable, "-I", "-S", script, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        encoding="utf-8",
    )


@pytest.mark.lengthy
def test_it_checks_the_folder_it_stands_in(top):
    done = run(top / "data" / "verify.py")
    assert done.returncode == 0, done.stdout + done.stderr
    claims = len(table(top, "claims")) - 1
    assert f"{claims} of {claims} citations hold" in done.stdout
    assert "text not included" in done.stdout
    assert done.stderr == ""


@pytest.mark.lengthy
def test_it_checks_a_zip_and_a_folder(top, demo_release):
    script = top / "data" / "verify.py"
    for path in (demo_release["plain"], demo_release["texts"], top, top / "data"):
        assert run(script, path).returncode == 0, path


def test_it_names_what_does_not_hold(top):
    rows = table(top, "claims")
    claim, at = rows[5][0], rows[0].index("quote")
    rows[5][at] += "!"
    write_table(top, "claims", rows)
    done = run(top / "data" / "verify.py")
    assert done.returncode == 1
    assert f"claims.csv row 6 ({claim}): the quote is not that of annotations.csv row" in done.stdout
    claims = len(rows) - 1
    assert f"{claims - 1} of {claims} citations hold" in done.stdout


@pytest.mark.lengthy
def test_it_refuses_what_is_no_dataset(top, tmp_path):
    script = top / "data" / "verify.py"
    assert run(script, tmp_path).returncode == 1
    assert run(script, tmp_path / "nothing.zip").returncode == 1
    assert run(script, "--help").returncode == 2


@pytest.mark.parametrize("kind", ["text", "cut short", "folder"])
def test_it_says_plainly_what_is_no_dataset(top, demo_release, tmp_path, kind):
    path = tmp_path / "odd.zip"
    if kind == "folder":
        path.mkdir()
    else:
        whole = demo_release["texts"].read_bytes()
        path.write_bytes(b"Rain fell." if kind == "text" else whole[: len(whole) // 2])
    said = run(top / "data" / "verify.py", path).stdout
    why = (
        "data/datapackage.json is missing"
        if kind == "folder"
        else ("the file is no ZIP, or a part of it is missing")
    )
    assert f"this is not a whole dataset of Sourceline: {why}\n" in said
    assert "citations hold" not in said
    assert "Error" not in said


def test_it_is_python_3_9_and_the_standard_library():
    program = verify_py.write()
    tree = ast.parse(program, feature_version=(3, 9))
    modules = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    modules += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported = {module.split(".")[0] for module in modules}
    assert imported <= sys.stdlib_module_names
    # zip(strict=…) and hashlib.file_digest came later.
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    zips = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "zip"]
    assert zips
    assert not any(call.keywords for call in zips)
    assert b"file_digest" not in program


def newest_needed(program: bytes, path) -> bool:
    """Whether vermin finds nothing in it that Python 3.9 lacks: names, arguments, syntax."""
    path.write_bytes(program)
    command = [Path(sys.executable).parent / "vermin", "-t=3.9-", "--eval-annotations", "--violations", path]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.lengthy
def test_it_asks_for_nothing_that_python_3_9_lacks(tmp_path):
    program = verify_py.write()
    assert newest_needed(program, tmp_path / "verify.py")
    tree = ast.walk(ast.parse(program))  # `int | None` is read as arithmetic by vermin
    said = [getattr(node, name, None) for node in tree for name in ("annotation", "returns")]
    assert not [one for note in said if note for one in ast.walk(note) if isinstance(one, ast.BitOr)]
    for later in (
        b"import hashlib\nhashlib.file_digest",
        b"list(zip([1], [2], strict=True))",
        b"from itertools import batched",
        b"match 1:\n    case 1:\n        pass",
        b"import tomllib",
    ):
        assert not newest_needed(program + b"\n" + later + b"\n", tmp_path / "later.py"), later


@pytest.mark.lengthy
def test_its_report_is_told_to_programs_too(top):
    rows = table(top, "claims")
    rows[5][rows[0].index("quote")] += "!"
    write_table(top, "claims", rows)
    done = run(top / "data" / "verify.py", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["ok"], told["citations"], told["held"]) == (False, len(rows) - 1, len(rows) - 2)
    named = [one for one in told["problems"] if one["table"] == "claims"]
    assert {(one["row"], one["id"]) for one in named} == {(6, rows[5][0])}
    assert run(top / "data" / "verify.py", "--all").returncode == 2


def test_what_names_an_annotation_is_looked_up_and_not_searched_for(top):
    """Else the time grows with the square of the rows."""
    plans = []
    verify(top, lambda db: plans.extend(db.execute(f"EXPLAIN QUERY PLAN {citations.UNNAMED}").fetchall()))
    steps = [step for *_, step in plans]
    assert [step for step in steps if step.startswith("SCAN")] == ["SCAN a"], steps


def test_every_dataset_carries_these_very_checks(top):
    assert (top / "data" / "verify.py").read_bytes() == verify_py.write()
    defined = {node.name for node in ast.parse(verify_py.write()).body if isinstance(node, ast.FunctionDef)}
    for part in verify_py.PARTS:
        source = (verify_py.FOLDER / f"{part}.py").read_text()
        names = {n.name for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)}
        assert names <= defined, part


def test_no_part_takes_a_name_that_another_has():
    """All parts share one file: the later would stand in the place of the earlier."""
    body = ast.parse(verify_py.write()).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    targets = [node.targets[0] for node in body if isinstance(node, ast.Assign)]
    names += [name.id for name in targets if isinstance(name, ast.Name)]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
