"""The law as pure functions: no database, no request, time as an argument."""
