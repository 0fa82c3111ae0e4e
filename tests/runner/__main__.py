"""`./test [--requirements] [--peers] [arguments for pytest …]`."""

import sys

from tests.runner import peers, programs, requirements, sections


def main(arguments: list[str]) -> int:
    """Run what was asked for; 0 when nothing failed."""
    if "--help" in arguments or "-h" in arguments:
        print(__doc__, sections.HELP, sep="\n")
        return 0
    if "--requirements" in arguments:
        return requirements.report()
    with_peers = "--peers" in arguments
    chosen = [argument for argument in arguments if argument != "--peers"]
    programs.ensure()
    if with_peers:
        peers.announce()
    return sections.run_chosen(chosen) if chosen else sections.run_all(with_peers=with_peers)


raise SystemExit(main(sys.argv[1:]))
