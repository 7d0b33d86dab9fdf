"""What `sepaham extract` costs on a dump: `python benchmarks/scale.py DUMP OUT [--workers 2] [more options]`.

Runs the command, and prints seconds, processor seconds, the peak memory of the parent and of each worker, and
the cost by stage (`timings.json`). Memory is the system's own high-water mark (VmHWM), so Linux only; it is
asked every half second. Processor seconds are those of all processes; what no stage counts is start,
transport between the processes and the interpreter itself.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += map(int, task.read_text().split())
    return found + [deeper for child in found for deeper in _children(child)]


def _peak_mb(pid: int) -> float:
    """The high-water mark of a process; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def measure(dump: str, out: Path, workers: int, more: list[str]) -> dict[str, Any]:
    """Run once, and give what it took."""
    command = [
        sys.executable,
        "-m",
        "sepaham",
        "extract",
        dump,
        "-o",
        str(out),
        "--workers",
        str(workers),
        *more,
    ]
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command)
    parent, peaks = 0.0, {}
    while process.poll() is None:
        parent = max(parent, _peak_mb(process.pid))
        try:
            for pid in _children(process.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), _peak_mb(pid))
        except OSError:
            pass  # a process went between two looks
        time.sleep(0.5)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "exit_code": process.returncode, "seconds": round(seconds, 1),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "parent_mb": round(parent), "worker_mb": sorted(round(mb) for mb in peaks.values() if mb > 50),
        "out_mb": round(sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 2**20, 1),
        "counts": json.loads((out / "run.json").read_text())["counts"],
        "timings": json.loads((out / "timings.json").read_text()),
    }  # fmt: skip


def report(found: dict[str, Any]) -> str:
    """The cost card of one run."""
    counts, timings = found["counts"], found["timings"]
    records, stages = counts["records"], timings["stages"]
    counted = sum(row["cpu_seconds"] for row in stages.values())
    lines = [
        f"{records:,} records, {counts['agreement']:,} with an agreement, {counts['duplicate']:,} copies, "
        f"{counts['rejected']:,} rejected; {timings['workers']} workers",
        f"{found['seconds']:,.1f} s, {found['cpu_seconds']:,.1f} s of processor time, {counted:,.1f} staged",
        f"peak MB: parent {found['parent_mb']:,}, workers {found['worker_mb']}; OUT {found['out_mb']:,} MB",
        f"{'stage':<12}{'cpu s':>10}{'wall s':>10}{'times':>12}{'µs each':>12}{'µs/record':>12}",
    ]
    for name, row in stages.items():
        each = row["cpu_seconds"] / max(1, row["times"]) * 1e6
        lines.append(
            f"{name:<12}{row['cpu_seconds']:>10,.1f}{row['seconds']:>10,.1f}{row['times']:>12,}{each:>12,.1f}"
            f"{row['cpu_seconds'] / records * 1e6:>12,.1f}"
        )
    rest = found["cpu_seconds"] - counted
    lines.append(f"{'the rest':<12}{rest:>10,.1f}{'':>34}{rest / records * 1e6:>12,.1f}")
    return "\n".join(lines)


def main() -> None:
    """Run and print; --json writes all figures to a file too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump")
    parser.add_argument("out", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options, more = parser.parse_known_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    found = measure(options.dump, options.out, options.workers, more)
    print(report(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
