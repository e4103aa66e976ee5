//! Values in the query, URL-decoded; of a name that comes twice the first.

use std::borrow::Cow;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use url::form_urlencoded;

use crate::error::ApiError;

/// The query of a call.
pub(crate) struct Query(String);

impl Query {
    /// A value; `None` if it is absent or empty.
    pub(crate) fn find(&self, name: &str) -> Option<Cow<'_, str>> {
        find(&self.0, name).filter(|value| !value.is_empty())
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}

/// A value in a query or the body of a form.
pub(crate) fn find<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let value = pairs.find(|(key, _)| key == name)?.1;
    // No store takes U+0000, and no id or name has it.
    if value.contains('\0') { Some(value.replace('\0', "\u{fffd}").into()) } else { Some(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_the_first_counts() {
        let query = "a=%E8%8C%B6&b=1%2B2&a=x&c=&d=%00";
        assert_eq!(find(query, "a").as_deref(), Some("茶"));
        assert_eq!(find(query, "b").as_deref(), Some("1+2"));
        assert_eq!(find(query, "d").as_deref(), Some("\u{fffd}"));
        assert_eq!(find(query, "e"), None);
        let query = Query(query.to_owned());
        assert_eq!(query.find("c"), None);
    }
}
