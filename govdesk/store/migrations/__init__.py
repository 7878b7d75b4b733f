"""How older files become files of today. A version is never changed once it has been released."""
