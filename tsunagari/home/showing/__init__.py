"""What the pages of my work gather."""
