"""WeasyPrint, warm: a line “SOURCE<tab>OUT” each; answers as the others do. Exit code 3 where it cannot be loaded."""

import sys
import time

try:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
except (ImportError, OSError) as error:
    print(str(error).splitlines()[0], file=sys.stderr)
    sys.exit(3)

fonts = FontConfiguration()
for line in sys.stdin:
    source, out = line.rstrip("\n").split("\t")
    start, used = time.perf_counter(), time.process_time()
    HTML(filename=source).write_pdf(out, font_config=fonts, pdf_variant="pdf/ua-1")
    print((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000, flush=True)
