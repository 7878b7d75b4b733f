"""Typst from its wheel: one file and out (cold), or a compiler that is kept and asked again (warm).

    python peer_typst.py FONTS cold SOURCE OUT
    python peer_typst.py FONTS warm             then a line “SOURCE<tab>OUT” each; answers with milliseconds, and
                                                those of the processor
"""

import sys
import time
from pathlib import Path

import typst

STANDARDS = ["a-2a", "ua-1"]


def main(fonts, how, *files):
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    if how == "cold":
        typst.compile(files[0], output=files[1], format="pdf", font_paths=faces, pdf_standards=STANDARDS)
        return
    compiler = None
    for line in sys.stdin:
        source, out = line.rstrip("\n").split("\t")
        kept = Path(source).replace(Path(out).with_name("kept.typ"))        # a kept compiler has one source file
        compiler = compiler or typst.Compiler(str(kept), font_paths=faces)
        start, used = time.perf_counter(), time.process_time()
        compiler.compile(str(kept), output=out, format="pdf", pdf_standards=STANDARDS)
        print((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000, flush=True)


main(*sys.argv[1:])
