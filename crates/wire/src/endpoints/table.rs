//! The table, `data/endpoints.tsv`, read while compiling.

use super::{Endpoint, HostGroup, Methods, Permission, Status};
use crate::tsv::{count_rows, parse_u32, split_at_first};

const SOURCE: &str = include_str!("../../data/endpoints.tsv");

pub(super) const ENDPOINTS: &[Endpoint] = &parse::<{ count_rows(SOURCE) }>();

/// What a row without content would be: only there to be overwritten.
const BLANK: Endpoint = Endpoint {
    host: HostGroup::Api,
    methods: Methods::Get,
    path: "",
    group: "",
    name: "",
    subscription: Permission::No,
    service: Permission::No,
    daily_quota: None,
    minute_quota: None,
    status: Status::Planned,
    notes: "",
};

const fn parse<const COUNT: usize>() -> [Endpoint; COUNT] {
    let mut rows = [BLANK; COUNT];
    let (_heading, mut rest) = split_at_first(SOURCE, b'\n');
    let mut at = 0;
    while at < COUNT {
        let (row, next) = parse_row(rest);
        rows[at] = row;
        rest = next;
        at += 1;
    }
    rows
}

/// A row, and what follows it.
const fn parse_row(text: &'static str) -> (Endpoint, &'static str) {
    let (host, rest) = split_at_first(text, b'\t');
    let (methods, rest) = split_at_first(rest, b'\t');
    let (path, rest) = split_at_first(rest, b'\t');
    let (group, rest) = split_at_first(rest, b'\t');
    let (name, rest) = split_at_first(rest, b'\t');
    let (subscription, rest) = split_at_first(rest, b'\t');
    let (service, rest) = split_at_first(rest, b'\t');
    let (daily_quota, rest) = split_at_first(rest, b'\t');
    let (minute_quota, rest) = split_at_first(rest, b'\t');
    let (status, rest) = split_at_first(rest, b'\t');
    let (notes, rest) = split_at_first(rest, b'\n');
    let endpoint = Endpoint {
        host: parse_host(host),
        methods: parse_methods(methods),
        path,
        group,
        name,
        subscription: parse_permission(subscription),
        service: parse_permission(service),
        daily_quota: parse_quota(daily_quota),
        minute_quota: parse_quota(minute_quota),
        status: parse_status(status),
        notes,
    };
    (endpoint, rest)
}

const fn parse_host(word: &str) -> HostGroup {
    match word.as_bytes() {
        b"api" => HostGroup::Api,
        b"mch" => HostGroup::Mch,
        b"qyapi" => HostGroup::Qyapi,
        _ => panic!("an endpoint's host is api, mch or qyapi"),
    }
}

const fn parse_methods(word: &str) -> Methods {
    match word.as_bytes() {
        b"GET" => Methods::Get,
        b"POST" => Methods::Post,
        b"GET|POST" => Methods::GetOrPost,
        _ => panic!("an endpoint's methods are GET, POST or GET|POST"),
    }
}

const fn parse_permission(word: &str) -> Permission {
    match word.as_bytes() {
        b"all" => Permission::All,
        b"verified" => Permission::Verified,
        b"no" => Permission::No,
        b"-" => Permission::Foreign,
        _ => panic!("an endpoint's permission is all, verified, no or -"),
    }
}

const fn parse_status(word: &str) -> Status {
    match word.as_bytes() {
        b"done" => Status::Done,
        b"planned" => Status::Planned,
        b"refused" => Status::Refused,
        _ => panic!("an endpoint's status is done, planned or refused"),
    }
}

const fn parse_quota(word: &str) -> Option<u32> {
    match word.as_bytes() {
        b"-" => None,
        _ => Some(parse_u32(word)),
    }
}
