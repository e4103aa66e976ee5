//! Room `callbacks`: where pushes come from, and whether they can arrive.

mod check;
mod get_api_domain_ip;
mod getcallbackip;

use crate::table::Table;

pub(crate) fn routes() -> Table {
    Table::by_token()
        .get("/cgi-bin/getcallbackip", getcallbackip::handle)
        .get("/cgi-bin/get_api_domain_ip", get_api_domain_ip::handle)
        .post("/cgi-bin/callback/check", check::handle)
}
