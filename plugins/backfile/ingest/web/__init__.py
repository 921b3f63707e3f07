"""Reading saved web pages."""
