"""Pictures that come with a document: found, made small and safe, and put where the text shows them.

::

    HTML or Markdown ──lift / take──▶ text with placeholders, and the bytes ──STEPS──▶ settle ──▶ text, files, receipt

A reader puts a placeholder (``backfile-picture:SHA256``) where a picture stands, and hands
its bytes on. Only when all steps have had their say, and only for those placeholders that
are still there, is a picture decoded: a page has many more pictures than an article shows.
Nothing is ever fetched: a picture that is only on the web stays a link.

Known failures: the banner above a newsletter is kept as any picture, if nothing calls it a
logo; pictures attached to a message that does not show them are listed and not kept; drawings in
a page's own SVG, backgrounds in its styles and the pictures of a PDF are not seen; a picture
with a wide colour profile comes out a little pale.
"""
