"""Mails and boxes of mails -> articles."""
