"""The second wall: which rows of a person each viewer may touch, on one page, and the migrations that build it."""
