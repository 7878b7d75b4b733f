"""Defines the SQL expression that tells whether what is printed has changed since a draft was last exported.

It is told from the values by revision, so it is right after undo, a version put back, and a merge. A draft that was
exported before versions were kept counts as changed from its next save on. What goes on paper is
`report.PRINTED_LAYERS` and `report.PRINTED_COVER_KEYS`; a test holds the two together.
"""

CHANGED_SINCE_EXPORT = """
    CASE (SELECT count(*) FROM version WHERE draft_id = draft.id AND kind = 'exported')
    WHEN 0 THEN saved_at > exported_at
    ELSE EXISTS (
        SELECT 1 FROM journal AS later WHERE later.draft_id = draft.id
        AND later.revision > (SELECT max(revision) FROM version WHERE draft_id = draft.id AND kind = 'exported')
        AND (later.layer IN ('values', 'texts')
             OR (later.layer = 'cover' AND later.key IN ('organ.name', 'year', 'issued_on')))
        AND (SELECT value FROM entry WHERE draft_id = draft.id AND layer = later.layer AND key = later.key)
            IS NOT (SELECT value FROM journal AS then_ WHERE then_.draft_id = draft.id AND then_.layer = later.layer
                    AND then_.key = later.key AND then_.revision <= (
                        SELECT max(revision) FROM version WHERE draft_id = draft.id AND kind = 'exported')
                    ORDER BY then_.revision DESC LIMIT 1))
    END"""
