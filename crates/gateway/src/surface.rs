//! The forms that failures and answers have, by path (spec core 12, clients "Content types").

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use wire::endpoints::{Endpoint, HostGroup};
use wire::errcode::{ErrCode, Family, error_body};
use wire::ids::Rid;

use crate::error::ApiError;

/// The form of an endpoint's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// `/cgi-bin` and all that has no form of its own.
    Cgi,
    /// `/sns`: typed `text/plain`, the request id after a comma.
    Sns,
    /// Downloads: their JSON is typed exactly `text/plain`, or programs take it for the file.
    Download,
    /// The enterprise side.
    Qyapi,
    /// Payments v3.
    PayV3,
    /// Payments v2: XML.
    PayV2,
    /// What people open in a browser.
    Page,
}

/// Pages and pictures among the endpoints.
const PAGES: [&str; 6] = [
    "/cgi-bin/componentloginpage",
    "/cgi-bin/showqrcode",
    "/connect/oauth2/authorize",
    "/connect/qrconnect",
    "/mp/subscribemsg",
    "/wxaopen/safe/bindcomponent",
];
const DOWNLOADS: [&str; 3] =
    ["/cgi-bin/material/get_material", "/cgi-bin/media/get", "/cgi-bin/media/get/jssdk"];
/// Endpoints that are reached by other credentials than an account's access token.
const OTHER_CREDENTIALS: [&str; 4] =
    ["/cgi-bin/component/", "/sns/component/", "/sns/jscode2session", "/sns/oauth2/"];

impl Surface {
    /// The form of an endpoint's answers; of an unknown path's, by the path alone.
    pub(crate) fn of(endpoint: Option<&Endpoint>, path: &str) -> Self {
        let path = endpoint.map_or(path, |endpoint| endpoint.path);
        match endpoint.map(|endpoint| endpoint.host) {
            Some(HostGroup::Qyapi) => Self::Qyapi,
            Some(HostGroup::Mch) if path.starts_with("/v3/") => Self::PayV3,
            Some(HostGroup::Mch) => Self::PayV2,
            _ if PAGES.contains(&path) => Self::Page,
            _ if DOWNLOADS.contains(&path) => Self::Download,
            _ if path.starts_with("/sns/") => Self::Sns,
            _ => Self::Cgi,
        }
    }

    /// Whether an endpoint that is not built checks an access token before it says so.
    pub(crate) fn takes_token(self, path: &str) -> bool {
        let other = OTHER_CREDENTIALS.iter().any(|prefix| path.starts_with(prefix));
        matches!(self, Self::Cgi | Self::Sns | Self::Download) && !other
    }

    /// The answer of an endpoint that is not built.
    pub(crate) fn not_built(self) -> ApiError {
        match self {
            Self::Qyapi => ApiError::with_text(ErrCode(48_002), "api forbidden"),
            _ => ErrCode::API_UNAUTHORIZED.into(),
        }
    }

    /// The content type of the surface's JSON.
    pub(crate) fn json_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Cgi | Self::Page => "application/json; encoding=utf-8",
            Self::Sns | Self::Download => "text/plain",
            Self::Qyapi => "application/json; charset=UTF-8",
            Self::PayV3 => "application/json",
            Self::PayV2 => "text/xml",
        })
    }

    /// The answer that tells a failure.
    pub(crate) fn failure(self, error: &ApiError, rid: Rid) -> Response {
        let (status, content_type, body) = match self {
            Self::PayV3 => (StatusCode::FORBIDDEN, self.json_type(), pay_v3(rid)),
            Self::PayV2 => (StatusCode::OK, self.json_type(), pay_v2(rid)),
            Self::Page => (StatusCode::NOT_IMPLEMENTED, html(), page(rid)),
            Self::Cgi | Self::Download | Self::Qyapi => {
                (StatusCode::OK, self.json_type(), json(error, rid, Family::Cgi))
            }
            Self::Sns => (StatusCode::OK, self.json_type(), json(error, rid, Family::Sns)),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    }
}

fn json(error: &ApiError, rid: Rid, family: Family) -> String {
    error_body(error.code, error.text.as_deref(), rid, family)
}

fn pay_v3(rid: Rid) -> String {
    format!(r#"{{"code":"NO_AUTH","message":"this interface is not built yet, rid: {rid}"}}"#)
}

fn pay_v2(rid: Rid) -> String {
    format!(
        "<xml><return_code><![CDATA[FAIL]]></return_code>\
         <return_msg><![CDATA[this interface is not built yet, rid: {rid}]]></return_msg></xml>"
    )
}

fn html() -> HeaderValue {
    HeaderValue::from_static("text/html; charset=utf-8")
}

fn page(rid: Rid) -> String {
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Teahouse</title>\
         <p>此页面尚未开放。<p lang=\"en\">This page is not built yet.<p><small>rid: {rid}</small>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_listed_paths_are_in_the_table() {
        for path in PAGES.into_iter().chain(DOWNLOADS) {
            assert!(wire::endpoints::find(HostGroup::Api, path).is_some(), "{path}");
        }
    }

    #[test]
    fn the_form_of_answers_follows_the_path() {
        let of = |host, path: &str| {
            let at = wire::endpoints::find(host, path).expect("in the table");
            Surface::of(Some(at.first()), path)
        };
        assert_eq!(of(HostGroup::Api, "/cgi-bin/token"), Surface::Cgi);
        assert_eq!(of(HostGroup::Api, "/sns/userinfo"), Surface::Sns);
        assert_eq!(of(HostGroup::Api, "/cgi-bin/media/get"), Surface::Download);
        assert_eq!(of(HostGroup::Mch, "/pay/unifiedorder"), Surface::PayV2);
        assert_eq!(of(HostGroup::Mch, "/v3/certificates"), Surface::PayV3);
        assert_eq!(of(HostGroup::Qyapi, "/cgi-bin/media/get"), Surface::Qyapi);
        assert_eq!(Surface::of(None, "/sns/nothing"), Surface::Sns);
    }
}
