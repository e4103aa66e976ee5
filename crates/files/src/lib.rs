//! File storage, content sniffing, image work.
