"""The journal: the one place where domain data changes.

An *operation* (one intended change to one record) is examined (:mod:`.examine`), merged against the record's
field versions by a pure function (:mod:`.merge`), and becomes one *entry* (:mod:`.models`), chained by hash
to the entry before it in its scope (:mod:`.chain`), in the same transaction as the rows it changes
(:mod:`.submit`, :mod:`.store`). The typed tables are projections of the record states and can be rebuilt from
the entries alone (:mod:`.rebuild`).
"""
