"""`python -m tsunagari` is the console script."""

from tsunagari.cli import main

raise SystemExit(main())
