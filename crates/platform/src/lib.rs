//! The domain: a folder for each capability.
