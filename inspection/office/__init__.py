"""The office: server-rendered pages for managers, desk officers, handlers, auditors and administrators."""
