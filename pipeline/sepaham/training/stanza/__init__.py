"""Trains what `sepaham.ner.stanza` loads, by Stanza's own trainers: vectors, treebank models, entities."""
