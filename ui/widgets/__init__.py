"""Small widgets that know nothing of drafts and pages."""
