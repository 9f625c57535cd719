"""What we remember: the tables and every question asked of them."""
