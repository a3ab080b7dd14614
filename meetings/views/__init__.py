"""Web entry of meetings, by stage."""
