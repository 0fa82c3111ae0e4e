"""Messages by SMS and e-mail, notices in the application, and the truth about their delivery."""
