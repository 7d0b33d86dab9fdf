"""Loaded by every Python that has this folder on PYTHONPATH: words in an article that break its process."""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder

TARGET = "sepaham.batch.work"


def break_at_words(work) -> None:
    import os
    import re
    import signal
    from pathlib import Path

    complete = work.complete

    def broken(item):
        text = getattr(item, "text", "")
        if "MATI-SEGFAULT" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "MATI-EXIT" in text:
            os._exit(7)
        if "MATI-MEMORI" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "MACET-REGEX" in text:  # holds the interpreter's lock for ever
            re.match(r"(a+)+$", "a" * 60 + "b")
        if "SEKALI-SAJA" in text:  # ends its process once only
            mark = Path(os.environ["BREAKING_MARK"])
            if not mark.exists():
                mark.touch()
                os._exit(7)
        return complete(item)

    work.complete = broken


class Finder(MetaPathFinder, Loader):
    def find_spec(self, name, path=None, target=None):
        if name != TARGET:
            return None
        spec = PathFinder.find_spec(name, path)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            break_at_words(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Finder())
