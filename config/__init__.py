"""Settings, extensions, errors and logging: the floor that every other package stands on."""
