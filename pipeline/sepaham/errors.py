"""The three errors that a user can meet; anything else that is raised is a bug."""


class SepahamError(Exception):
    """What happened, where, and what to do: the message is shown to the user as it is."""


class InputError(SepahamError):
    """The data handed in cannot be used (a missing file, a column that is not there)."""


class ConfigurationError(SepahamError):
    """The options or settings contradict each other or the state on disk."""


class ModelError(SepahamError):
    """A shipped resource or weight file is missing, damaged or of another version."""
