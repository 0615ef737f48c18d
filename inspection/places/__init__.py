"""Administrative units with validity dates, and the establishments that are inspected."""
