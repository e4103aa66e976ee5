//! In which language a sentence is said: Chinese first, English otherwise.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

/// A language of our catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

impl Language {
    /// The catalogue's language for a person's, such as `zh_CN`.
    pub(crate) fn of_person(language: &str) -> Self {
        if language.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// The first language of `Accept-Language`. Browsers name the preferred one first, so that
    /// weights need not be read; who names none hears Chinese.
    pub(crate) fn of_request(headers: &HeaderMap) -> Self {
        let named = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        match named.map(str::trim_start) {
            None | Some("" | "*") => Self::Chinese,
            Some(list) => Self::of_person(list),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_comes_first() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().expect("a literal"));
            Language::of_request(&headers)
        };
        assert_eq!(Language::of_request(&HeaderMap::new()), Language::Chinese);
        assert_eq!(of("*"), Language::Chinese);
        assert_eq!(of("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(of("en-GB,en;q=0.9,zh;q=0.8"), Language::English);
        assert_eq!(of("fr"), Language::English);
    }
}
