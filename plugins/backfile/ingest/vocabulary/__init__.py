"""Words, days and languages as documents write them: small judgements that all readers share."""
