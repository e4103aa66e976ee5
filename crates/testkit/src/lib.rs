//! What the suite, the conformance runs and demos share.
