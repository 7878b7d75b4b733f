"""What is made of failed checks: equations, causes that fold findings, reasons that answer warnings."""
