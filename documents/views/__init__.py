"""Web entry of the register."""
