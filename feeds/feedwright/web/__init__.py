"""Asking servers: where a stranger's redirect or link may lead us, and how much of an answer is read."""
