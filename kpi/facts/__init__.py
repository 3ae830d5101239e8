"""Many tables made into one set of canonical frames, each figure once."""
