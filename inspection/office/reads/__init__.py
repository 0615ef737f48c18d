"""What the pages read. Every function takes a session and changes nothing."""
