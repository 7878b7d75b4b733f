"""GovDesk imports every file of a folder so many times in so many processes; prints the seconds by the clock."""

import multiprocessing
import sys
import time
from pathlib import Path

from govdesk.importing.importer import import_bytes


def import_file(file: str) -> int:
    return len(import_bytes(Path(file).read_bytes(), file).cells)


if __name__ == "__main__":
    folder, often, processes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    files = [str(file) for file in sorted(folder.iterdir())]
    todo = [files[i % len(files)] for i in range(often)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(import_file, files, chunksize=1)            # the modules are imported before the clock starts
        begun = time.perf_counter()
        cells = sum(pool.imap_unordered(import_file, todo, chunksize=4))
    print(time.perf_counter() - begun, cells)
