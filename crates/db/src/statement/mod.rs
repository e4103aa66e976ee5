//! What a statement's text says about itself.
