"""Who may do what with papers, by subject."""
