"""The desk in a browser: server-rendered pages in English and Arabic, and the JSON they are made from."""
