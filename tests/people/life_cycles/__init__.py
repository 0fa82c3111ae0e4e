"""Rights that end, as rows of data: one module an area, each with a tuple `CASES`."""
