"""GovDesk, warm: a line “REPORT.govdesk<tab>OUT” each; answers with the milliseconds from the report to the written
file, and those of the processor."""

import sys
import time
from pathlib import Path

from govdesk.base.paths import resources_folder
from govdesk.exchange.readers import read_file
from govdesk.export.formats import export_document
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose
from govdesk.session.session import Snapshot

for line in sys.stdin:
    source, out = line.rstrip("\n").split("\t")
    report = read_file(Path(source)).report
    form = form_reader.load_form(report.form_id)
    start, used = time.perf_counter(), time.process_time()
    export_document(compose(Snapshot(form, report)), Path(out), "pdf", resources_folder() / "fonts")
    print((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000, flush=True)
