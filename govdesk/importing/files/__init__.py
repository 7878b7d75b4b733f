"""What every reader of files needs: the neutral source that it gives, and safe ways into containers and encodings."""
