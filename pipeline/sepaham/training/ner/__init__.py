"""Entity corpora -> training examples -> taggers; needs the `train` extra (torch)."""
