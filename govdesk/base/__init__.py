"""What every other room stands on: errors as sentences, paths, whole-file writing, numbers as typed."""
