"""Incidents as documents for people and other programs. Each writer is a pure function of the incident."""
