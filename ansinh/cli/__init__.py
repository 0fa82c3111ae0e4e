"""The mouth for people at a terminal: the command `ansinh`."""
