"""The whole of a batch run: read, process in order, keep a journal, publish."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from sepaham import stages
from sepaham.batch.engine import open_engine, run_ordered
from sepaham.batch.interrupt import Interrupt, deferred_interrupt
from sepaham.batch.journal import Journal, replace_text
from sepaham.batch.lock import locked
from sepaham.batch.publish import Counts, Publication
from sepaham.batch.settings import Settings, conditions, described, fingerprint, versions
from sepaham.batch.state import Part, State, listed, recover, store
from sepaham.batch.upload import Upload
from sepaham.batch.work import Item
from sepaham.errors import ConfigurationError, InputError
from sepaham.ingestion import IdRegistry, Source, discover, read_items, shown
from sepaham.stages import each


class Watch(Protocol):
    """What a progress display hears of a run; all calls come from the main thread."""

    def begin(self, total_bytes: int | None, records_done: int) -> None:
        """The run starts; `records_done` records were finished by an earlier, killed run."""

    def advance(self, records: int, bytes_read: int) -> None:
        """So many records are finished and so many bytes of the input read, in all."""

    def note(self, text: str) -> None:
        """Something that who runs it may want to know."""


class Quiet:
    """A watch that shows nothing."""

    def begin(self, total_bytes: int | None, records_done: int) -> None:
        """Show nothing."""

    def advance(self, records: int, bytes_read: int) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Show nothing."""


@dataclass(frozen=True)
class Summary:
    """What a run did: its counts, its seconds, and how many records an earlier, killed run had done.

    `counts` are of all that OUT holds, `fresh` of what this run read; `passed_over` files were read before.
    """

    counts: Counts
    seconds: float
    resumed: int
    max_rejected: float
    fresh: Counts
    passed_over: int = 0

    @property
    def exit_code(self) -> int:
        """0 all read; 2 nothing could be read; 3 more records than allowed could not be read.

        What was there before has no say: a night on which nothing could be read must not pass unseen.
        """
        fresh = self.fresh
        if not fresh.read:
            return 0 if self.passed_over and not fresh.records else 2
        return 3 if fresh.unreadable > self.max_rejected * fresh.records else 0


class Reading:
    """The items of all sources in order, with unique ids; counts bytes and records as it goes."""

    def __init__(self, sources: Sequence[Source], columns: dict[str, str], taken: Iterable[str] = ()) -> None:
        """Take the sources, the column mapping and the ids that are taken; nothing is opened yet."""
        self._sources = sources
        self._columns = columns
        self._taken = taken
        self.bytes_read = 0
        self.records = 0

    def items(self) -> Iterator[Item]:
        """Every record of every source, readable or not."""
        ids = IdRegistry()
        for article_id in self._taken:
            ids.unique(article_id)
        finished = 0
        for source in self._sources:

            def count(position: int, before: int = finished) -> None:
                self.bytes_read = before + position

            for item in read_items(source, columns=self._columns, on_bytes=count):
                self.records += 1
                unique = ids.unique(item.article_id)
                yield item if unique == item.article_id else item.model_copy(update={"article_id": unique})
            finished += source.size or 0
            self.bytes_read = finished


def _make_out(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / ".lock").touch()
    except OSError as error:
        raise ConfigurationError(
            f"cannot write into {out} ({error.strerror}): choose another output folder (-o) or free it"
        ) from error


def _process(
    settings: Settings, journal: Journal, reading: Reading, done: int, watch: Watch, interrupt: Interrupt
) -> None:
    engine = open_engine(settings)
    if engine.link:
        watch.note(f"Dask dashboard: {engine.link}")
    rest = islice(each("reading", reading.items()), done, None)
    results = journal.append(run_ordered(rest, engine))
    try:
        for number, _ in enumerate(results, done + 1):
            watch.advance(number, reading.bytes_read)
            interrupt.check()
    except BaseException:
        engine.stop()
        raise
    engine.close()


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Tells what to do when the disk is full or OUT read-only; faults of the input come as records."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError(
            f"cannot write into {out} ({what}): make room there or see to the rights; the same command then "
            "goes on where this run stopped"
        ) from error


def _check_unchanged(sources: Sequence[Source]) -> None:
    """Raise InputError when a file changed while it was read: what was read may be half old, half new."""
    for source in sources:
        if source.size is not None and source.url is None:
            try:
                now = source.path.stat()
            except OSError:
                continue  # it was read before it went
            if (now.st_size, now.st_mtime_ns) != (source.size, source.changed):
                raise InputError(
                    f"{source.path} changed while it was read: wait until it is whole, and give the same "
                    "command with --restart"
                )


def run(settings: Settings, watch: Watch | None = None) -> Summary:
    """Extract the agreements of all inputs into `settings.out`; see the contract in docs/architecture.md.

    Raises InputError for inputs that are not there and ConfigurationError for an output folder that holds
    another unfinished run or cannot be added to. KeyboardInterrupt passes through; the same settings go on
    where it stopped.
    """
    watch = watch or Quiet()
    started = time.monotonic()
    stages.start()
    sources = discover(settings.inputs)
    if settings.publish_to:
        Upload(settings.out, settings.publish_to).check()
    _make_out(settings.out)
    with _writing(settings.out), locked(settings.out), deferred_interrupt() as interrupt:
        journal = Journal(settings.out / ".work")
        recover(journal, settings.out / ".state")
        state = _state(settings)
        given, sources = len(sources), state.unread(sources)
        listing = [{"name": s.name, "size": s.size, "changed": s.changed} for s in sources]
        done = journal.begin(fingerprint(settings, listing, state.records), restart=settings.restart)
        sizes = [source.size for source in sources]
        watch.begin(None if None in sizes else sum(size or 0 for size in sizes), done)
        reading = Reading(sources, settings.columns, state.ids())
        _process(settings, journal, reading, done, watch, interrupt)
        _check_unchanged(sources)
        publication = _publish(settings, state, journal, sources, reading.records, interrupt)
        seconds = time.monotonic() - started
        timings = {
            "seconds": round(seconds, 3), "engine": settings.engine, "workers": settings.workers,
            "resumed_records": done, "stages": stages.summed(),
        }  # fmt: skip
        replace_text(settings.out / "timings.json", json.dumps(timings, indent=1) + "\n")
    return Summary(
        publication.counts, seconds, done, settings.max_rejected, publication.fresh, given - len(sources)
    )


def _state(settings: Settings) -> State:
    """What OUT holds that this run adds to: nothing without `append`."""
    if not settings.append:
        return State(settings.out / ".state")
    state = State.of(settings.out)
    state.check(conditions(settings))
    return state


def _publish(
    settings: Settings,
    state: State,
    journal: Journal,
    sources: Sequence[Source],
    read: int,
    interrupt: Interrupt,
) -> Publication:
    """Write the files of OUT, and keep the journal for the run that adds to them."""
    publication = Publication(
        state, journal, interrupt, keep_duplicates=settings.keep_duplicates, ledger=settings.ledger
    )
    inputs = [shown(given) for given in settings.inputs]
    about = {"versions": versions(), "settings": described(settings, [*state.inputs, *inputs])}
    publication.write(settings.out, about, read)
    if settings.publish_to:
        Upload(settings.out, settings.publish_to).copy()
    part = Part(
        number=len(state.parts) + 1,
        records=publication.fresh.records,
        conditions=conditions(settings),
        inputs=inputs,
        files=listed(sources),
    )
    journal.mark_published(part.written())
    store(journal, state.folder)
    journal.folder.rmdir()
    return publication
