"""What the Python folders of the conformance suite share: see README.md."""
