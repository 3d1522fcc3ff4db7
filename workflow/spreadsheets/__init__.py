"""Spreadsheets: lists that leave the program, and the workbook that people fill in."""
