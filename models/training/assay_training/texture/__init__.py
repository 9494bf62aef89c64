"""The recipe of the texture model, which the profile `fast` runs alone."""
