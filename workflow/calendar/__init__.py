"""What goes into people's calendars: invitations to meetings with the answers, meetings of a series, days of work."""
