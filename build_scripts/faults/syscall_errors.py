"""Fails every system call in turn while a clerk works through the real window. The window must keep the
work, say so, and save when it can again; what it called saved must be there."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from preload import Faults, SystemCall, explain_lacking, run_with_library

WRITING = (SystemCall.OPEN, SystemCall.WRITE, SystemCall.FSYNC, SystemCall.TRUNCATE, SystemCall.RENAME,
           SystemCall.MKDIR, SystemCall.LINK)
NAMING = (SystemCall.OPEN, SystemCall.RENAME, SystemCall.UNLINK, SystemCall.MKDIR, SystemCall.LINK, SystemCall.TRUNCATE)
# The error, at which calls, whether a failing write has written the half
ERRORS = ((errno.EIO, tuple(SystemCall), True), (errno.ENOSPC, WRITING, True), (errno.EROFS, NAMING, False),
          (errno.EACCES, NAMING, False))
FOREVER = 10**9


def campaign(folder: Path, step: int) -> tuple[dict[str, int], list[str]]:
    """Every `step`-th call; 1: every call. The process that does it prints what came of it."""
    if reason := explain_lacking():
        print(reason)
        return {}, []
    return {}, ["errors at calls: see above"] if run_with_library("syscall_errors.py", folder, step) else []


class FailingCalls(NamedTuple):
    """The calls number `at` to `last` of these kinds fail."""

    error: int
    kinds: tuple[SystemCall, ...]
    torn: bool
    at: int
    last: int

    def __str__(self) -> str:
        return f"{errno.errorcode[self.error]} at call {self.at}{' and on' if self.last > self.at else ''}"


def visit_with_fault(folder: Path, fault: FailingCalls) -> dict[str, Any]:
    from clerk_under_fault import ClerkUnderFault, run_forked

    data = folder / "watched" / "data"
    for place in (data, folder / "kept"):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder / "ready", data)
    faults = Faults()

    def make() -> ClerkUnderFault:
        faults.arm(fault.kinds, fault.at, fault.last, fault.error, torn=fault.torn)
        return ClerkUnderFault(data, folder / "kept", faults.heal)

    return run_forked(make, lambda: {"hit": faults.hit, "seen": faults.seen, "what": faults.what,
                                     "kinds": faults.by_kind()})


def fail_every_call(folder: Path, step: int, only: str) -> list[str]:
    wrong: list[str] = []
    sentences = Counter[str]()
    for error, kinds, torn in (chosen for chosen in ERRORS if only in ("", errno.errorcode[chosen[0]])):
        for last in (0, FOREVER):
            results, rounds, at = Counter[str](), 0, 0
            while True:
                story, faults = visit_and_judge(folder, FailingCalls(error, kinds, torn, at, at + last))
                if at == 0 and last == 0:
                    print(errno.errorcode[error], "calls of a visit:", story.get("kinds"), flush=True)
                wrong += faults
                if not story.get("hit"):
                    break
                rounds += 1
                results[f"{story['what'].split(' ')[0]} {_outcome(story)}"] += 1
                sentences.update(words.replace(str(folder), "…") for words in story["said"])
                at += step
            once = "from a call on" if last else "once"
            print(f"{errno.errorcode[error]} {once}: {rounds} rounds, every {step}th call",
                  dict(sorted(results.items())), flush=True)
    print("what the window said:", *(f"  {often} × {words}" for words, often in sentences.most_common()), sep="\n")
    return wrong


def fail_some_calls(folder: Path, rounds: int) -> list[str]:
    """At calls by chance, for a quick look."""
    chance, wrong = random.Random(5), list[str]()
    for _ in range(rounds):
        error, kinds, torn = chance.choice(ERRORS)
        at, last = chance.randrange(25), chance.choice((0, FOREVER))
        story, faults = visit_and_judge(folder, FailingCalls(error, kinds, torn, at, at + last))
        print(errno.errorcode[error], at, story.get("what"), _outcome(story), story.get("hit"))
        wrong += faults
    return wrong


def _outcome(story: dict[str, Any]) -> str:
    return "said" if story["said"] else "nothing to say, all saved"


def visit_and_judge(folder: Path, fault: FailingCalls) -> tuple[dict[str, Any], list[str]]:
    """A visit with a failing call, and what was wrong with it."""
    from clerk_under_fault import judge_visit

    story = visit_with_fault(folder, fault)
    wrong = [f"{fault} ({story.get('what')}): {word}" for word in judge_visit(folder / "watched" / "data", story)]
    if wrong:
        print("WRONG", *wrong, sep="\n", flush=True)
    return story, wrong


def main(folder: Path, step: int, rounds: int = 0, only: str = "") -> list[str]:
    from clerk import import_everything
    from clerk_under_fault import prepare_folder

    prepare_folder(folder / "ready")
    import_everything()
    return fail_some_calls(folder, rounds) if rounds else fail_every_call(folder, step, only)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    mistakes = main(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:4]), *sys.argv[4:])
    print(*mistakes, sep="\n")
    sys.exit(bool(mistakes))
