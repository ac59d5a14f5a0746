"""`python -m sayso` is `sayso`."""

from sayso.serve.cli import main

if __name__ == "__main__":
    main()
