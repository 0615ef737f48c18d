"""Evidence of a visit: photos, scans, drawn signatures. Records go through the journal, their bytes beside it."""
