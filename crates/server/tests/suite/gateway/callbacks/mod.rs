//! Where pushes come from, and whether they can arrive.

mod check;
mod get_api_domain_ip;
mod getcallbackip;
