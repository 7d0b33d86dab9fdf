"""The learned core: linear judges over what the encoder, the registry and the rules say of each candidate."""
