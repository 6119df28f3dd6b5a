"""The documentation does what it says: commands, outputs, links and tables of README.md and docs/."""
