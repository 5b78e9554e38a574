"""What killed runs left goes; what a run still holds stays, whoever sees its process."""

import subprocess
import sys
from pathlib import Path

from tests.in_memory import held_folder, sweep

HOLD = """
import sys
from pathlib import Path
from tests.in_memory import held_folder
with held_folder(Path(sys.argv[1])) as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_what_a_run_holds_stays_and_goes_with_it(tmp_path: Path) -> None:
    with held_folder(tmp_path) as folder:
        (folder / "database").touch()
        sweep(tmp_path)
        assert (folder / "database").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_is_not_to_be_seen_keeps_what_it_holds_until_it_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        folder = Path(other.stdout.readline().strip())
        # The number of no process here, as of one in another container.
        hidden = folder.rename(tmp_path / "sourceline-tests-4194305-elsewhere")
        sweep(tmp_path)
        assert hidden.exists()
        other.kill()
        other.wait()
        sweep(tmp_path)
        assert not hidden.exists()


def test_a_folder_without_a_lock_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sourceline-tests-1-x").mkdir()
    sweep(tmp_path)
    assert (tmp_path / "sourceline-tests-1-x").exists()
