"""`python -m ansinh_token`."""

from ansinh_token.cli import main

raise SystemExit(main())
