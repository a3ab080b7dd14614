"""Digital signatures on PDF: where they stand, who signs, how they are drawn, whether they hold. Knows no ORM and no request."""
