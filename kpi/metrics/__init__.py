"""From facts to numbers: the cube, rolls, formulas, series."""
