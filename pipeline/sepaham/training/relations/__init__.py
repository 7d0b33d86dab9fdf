"""Training of the relation judges: readings out of fold, rows, fits, scores by fold."""
