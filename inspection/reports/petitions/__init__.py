"""The periodic tables of petitions (01–04/XLĐ, 01–04/KQGQ) and the citizen-reception book: facts, counting, checks."""
