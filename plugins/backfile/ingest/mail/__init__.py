"""Reading e-mail: newsletters as they were sent, or as somebody forwarded them."""

from backfile.ingest.mail.reader import read_mail

__all__ = ["read_mail"]
