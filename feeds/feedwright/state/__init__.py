"""What is kept between runs, and what keeps it whole."""
