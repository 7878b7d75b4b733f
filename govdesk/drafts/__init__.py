"""What takes a draft, the form that it is read by and the drafts' file together, and needs no window."""
