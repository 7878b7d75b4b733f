"""Works with failed checks: equations over cells, causes that fold findings, reasons that answer warnings."""
