"""The reference answers behind an OpenAI-compatible endpoint on localhost, until Ctrl-C."""

from .reference_answers import answer_to
from .reference_server import main

if __name__ == "__main__":
    main(answer=answer_to)
