"""What the house is kept with: the making of catalogues and generated pages."""
