//! The vendor-compatible API, one file for each endpoint.
