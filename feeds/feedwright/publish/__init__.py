"""Documents -> the output folder, all of them whole or none."""
