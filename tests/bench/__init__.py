"""One run of figures: `make bench`. Everything stays on this machine."""
