"""What a person sees in the terminal: one function for each command, each giving the exit code."""
