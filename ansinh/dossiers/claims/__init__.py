"""Treatment costs a health facility claims: files of the standard, and what a declaration says of them."""
