"""`phoihop run` on twenty units against a script that only concatenates the same files: prints the ratio.

Both are separate processes, run in turn (A B A B …) after a warm-up of each; the median of the pairs counts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import psutil

from pipeline import run as stages
from pipeline.rehearsal import make_project
from pipeline.rehearsal.inbox import write_previous_inbox
from pipeline.templates import render_template

HERE = Path(__file__).parent


def prepare(folder: Path) -> Path:
    """A project whose inbox holds one clean workbook of each of the twenty units."""
    make_project(folder)
    project = stages.open_project(folder / "config.toml")
    write_previous_inbox(project.config.inbox_dir(), project.catalogue, project.config, render_template)
    return project.config.inbox_dir()


def seconds(command: list[str]) -> float:
    """Wall clock of one process from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def megabytes(command: list[str]) -> float:
    """The largest size that one process, or one of its children, reached."""
    largest = 0.0
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        with suppress(psutil.Error):
            for one in (process, *process.children(recursive=True)):
                largest = max(largest, one.memory_info().rss / 2**20)
        time.sleep(0.02)
    return largest


def main() -> None:
    """Prepare, time, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=5)
    pairs = options.parse_args().pairs
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        inbox = prepare(folder)
        ours = [sys.executable, "-m", "pipeline", "run", "--config", str(folder / "config.toml")]
        plain = [sys.executable, str(HERE / "plain_concat.py"), str(inbox), str(Path(temporary) / "plain.xlsx")]
        sizes = [megabytes(warm_up) for warm_up in (ours, plain)]
        times = [(seconds(ours), seconds(plain)) for _ in range(pairs)]
    ours_median, plain_median = (median(column) for column in zip(*times, strict=True))
    print(f"20 files, {pairs} pairs")
    print(f"phoihop run (read, check, workbook, report): {ours_median:.2f} s")
    print(f"pandas + openpyxl, concatenation only:       {plain_median:.2f} s")
    print(f"ratio: {ours_median / plain_median:.2f} (below 1: phoihop is faster)")
    print(f"largest process: {sizes[0]:.0f} MB, of the concatenation {sizes[1]:.0f} MB")


if __name__ == "__main__":
    main()
