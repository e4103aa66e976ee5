//! Durable work: rows in the causing transaction.
