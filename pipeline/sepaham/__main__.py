"""`python -m sepaham` is the command `sepaham`."""

from sepaham.cli import main

if __name__ == "__main__":
    main()
