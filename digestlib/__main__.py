"""`python -m digestlib` is `digest-summarise`."""

from .cli import main

if __name__ == "__main__":
    main()
