"""Hand-written readings of formulas."""
