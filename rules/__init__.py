"""What law and good sense ask of the facts and the filled forms."""
