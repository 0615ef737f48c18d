"""Between phones and the journal: enrolment, push and pull. It knows how operations travel, and nothing of
what they mean."""
