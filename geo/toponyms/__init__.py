"""Toponyms."""
