"""Which content works: posts against the usual post of their account and time, and groups of them."""
