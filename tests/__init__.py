"""The tests, as a package so that they can share what lies in :mod:`tests.support`."""
