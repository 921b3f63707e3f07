"""Reading e-mail: newsletters as they were sent, or as somebody forwarded them."""
