"""Ground floor: text, dates, files, PDF engine, background, http. Imports no app."""
