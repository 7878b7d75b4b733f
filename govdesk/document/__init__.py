"""The neutral document that is printed, and what an office may choose of its look."""
