"""Names of enterprises: their parts, what the law says of them, which are the same or similar."""
