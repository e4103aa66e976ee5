//! `Accept-Encoding` (RFC 9110, 12.5.3), as far as a choice between stored files needs it.

/// A form in which files are stored beside the plain one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
}

/// Smallest first.
const ALL: [Encoding; 2] = [Encoding::Brotli, Encoding::Gzip];

impl Encoding {
    /// The name in `Accept-Encoding` and `Content-Encoding`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Gzip => "gzip",
        }
    }

    /// What the build appends to the name of the plain file.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Encoding::Brotli => ".br",
            Encoding::Gzip => ".gz",
        }
    }

    /// The encoding that a stored file is in, told by its name.
    pub(crate) fn of_file(path: &str) -> Option<Self> {
        ALL.into_iter().find(|encoding| path.ends_with(encoding.suffix()))
    }
}

/// The encodings that the header allows, smallest first. An encoding weighted `q=0` is refused;
/// other weights are ignored, as the smaller form serves both sides.
pub(crate) fn accepted(header: &str) -> Vec<Encoding> {
    ALL.into_iter().filter(|encoding| accepts(header, encoding.name())).collect()
}

fn accepts(header: &str, name: &str) -> bool {
    let named =
        header.split(',').map(weighted).find(|(coding, _)| coding.eq_ignore_ascii_case(name));
    let any = || header.split(',').map(weighted).find(|(coding, _)| *coding == "*");
    named.or_else(any).is_some_and(|(_, allowed)| allowed)
}

/// Splits `gzip;q=0.5` into the coding and whether its weight is above zero.
fn weighted(item: &str) -> (&str, bool) {
    let mut parts = item.split(';').map(str::trim);
    let coding = parts.next().unwrap_or("");
    let weight = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1");
    (coding, weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_brotli_first() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), [Encoding::Brotli, Encoding::Gzip]);
    }

    #[test]
    fn an_empty_header_allows_only_the_plain_file() {
        assert_eq!(accepted(""), []);
        assert_eq!(accepted("identity"), []);
    }

    #[test]
    fn a_weight_of_zero_refuses() {
        assert_eq!(accepted("br;q=0, gzip;q=0.5"), [Encoding::Gzip]);
        assert_eq!(accepted("*, gzip; q=0.0"), [Encoding::Brotli]);
        assert_eq!(accepted("br;q=nonsense"), []);
    }

    #[test]
    fn a_longer_name_is_another_encoding() {
        assert_eq!(accepted("brotli, xgzip"), []);
    }

    #[test]
    fn stored_forms_are_known_by_their_name() {
        assert_eq!(Encoding::of_file("assets/a.js.br"), Some(Encoding::Brotli));
        assert_eq!(Encoding::of_file("assets/a.js.gz"), Some(Encoding::Gzip));
        assert_eq!(Encoding::of_file("assets/a.js"), None);
    }
}
