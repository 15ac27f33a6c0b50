"""`digest-summarise`, also as `python -m digestlib`; Ctrl-C ends it in one line while it loads, too."""

import sys


def main() -> None:
    """Load the commands and run the one that is named."""
    try:
        from .cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted before anything was asked.\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
