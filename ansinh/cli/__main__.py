"""`python -m ansinh.cli` is `ansinh`."""

from ansinh.cli.main import main

raise SystemExit(main())
