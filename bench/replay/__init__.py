"""Play real inspections through the HTTP API as their inspectors' phones, and compare what the product counts
with the CSV files.

:mod:`.source` reads the CSV files, :mod:`.plan` decides who does what on which day (pure, from a seed),
:mod:`.work` turns that into operations, :mod:`.phone` is a phone's sync engine, :mod:`.desk` the complaint
desk. :mod:`.run` lets them work day by day against a server, its own (:mod:`.server`) or any.
:mod:`.independent` counts the CSV files again and shares nothing with the rest; :mod:`.compare` puts its
figures beside those of the ordered reports.
"""
