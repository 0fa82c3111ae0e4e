"""What every part stands on and that knows no domain: errors, words, time forms, storage, queue, audit, database."""
