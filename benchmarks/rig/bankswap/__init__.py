"""Scripts of thieves, the people they try to rob, and the sum that reaches them."""
