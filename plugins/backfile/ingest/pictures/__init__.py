"""Pictures that come with a document: found, made small and safe, and put where the text shows them.

::

    HTML or Markdown ──lift / take──▶ text with placeholders, and the bytes ──STEPS──▶ settle ──▶ text, files, receipt

A reader puts a placeholder (``backfile-picture:SHA256``) where a picture stands, and hands
its bytes on. Only when all steps have had their say, and only for those placeholders that
are still there, is a picture decoded: a page has many more pictures than an article shows.
Nothing is ever fetched: a picture that is only on the web stays a link.
"""
