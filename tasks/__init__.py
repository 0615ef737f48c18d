"""Jobs: thin, idempotent, given ids, sent after commit. ``tasks.app`` is what a worker and the clock start from."""
