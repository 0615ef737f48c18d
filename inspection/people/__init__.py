"""Agencies, people, their accounts and devices, and the one matrix of who may do what."""
