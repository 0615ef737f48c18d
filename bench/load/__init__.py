"""A province's day: thousands of phones that read in the morning and write in the evening, the office meanwhile."""
