"""`make check`: no Python file over 400 lines, no function over 50."""

import ast
import subprocess
import sys
from pathlib import Path

MAX_FILE, MAX_FUNCTION = 400, 50


def faults(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n")
    found = [f"{path}: {lines} lines, at most {MAX_FILE}"] if lines > MAX_FILE else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > MAX_FUNCTION:
                found.append(f"{path}:{node.lineno}: {node.name} has {length} lines, at most {MAX_FUNCTION}")
    return found


def main() -> int:
    root = Path(__file__).parents[1]
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=root, capture_output=True, text=True, check=True)
    found = [
        fault for name in listed.stdout.split() if (root / name).exists() for fault in faults(root / name)
    ]
    print("\n".join(found) if found else "sizes: all files and functions are small enough")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
