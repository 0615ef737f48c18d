"""The working calendar of State bodies: which days are off, and how periods of days end."""
