"""The pages, one module for each part of the office. Importing a module puts its pages on the blueprint."""
