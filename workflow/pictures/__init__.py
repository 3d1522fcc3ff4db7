"""Pictures of a table's work, as SVG that everybody can read: one module a picture.

Each takes what it draws as a frozen data class and a language, and answers the text of an SVG, ready to be saved or to
stand in a page of HTML. It has a natural size of 440 units across, in which its smallest letters are 13 units high: on
a narrow screen let it shrink (`svg {max-width: 100%; height: auto}`). Nothing is told by colour alone, and the
description states all that is drawn.
"""
