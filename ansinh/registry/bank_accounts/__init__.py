"""Where a person's benefits are paid: a change is proven, held, told to the earlier contacts, and can be stopped."""
