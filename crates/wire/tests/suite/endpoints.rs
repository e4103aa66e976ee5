//! The endpoint table is whole, sorted, and every row of it is found.

use std::collections::HashSet;

use wire::endpoints::{Endpoint, HostGroup, Methods, Permission, Status, all, find};

fn endpoint(host: HostGroup, method: &str, path: &str) -> &'static Endpoint {
    find(host, path).and_then(|found| found.for_method(method)).expect("an endpoint")
}

fn api(method: &str, path: &str) -> &'static Endpoint {
    endpoint(HostGroup::Api, method, path)
}

#[test]
fn rows_are_sorted_by_host_path_and_methods() {
    assert!(all().is_sorted_by_key(|row| (row.host, row.path, row.methods)));
}

#[test]
fn no_two_rows_answer_the_same_call() {
    let mut seen = HashSet::new();
    for row in all() {
        for method in ["GET", "POST"].into_iter().filter(|method| row.methods.allow(method)) {
            assert!(seen.insert((row.host, method, row.path)), "{method} {}", row.path);
        }
    }
}

#[test]
fn no_row_has_been_lost() {
    for (host, count) in [(HostGroup::Api, 473), (HostGroup::Mch, 122), (HostGroup::Qyapi, 149)] {
        let rows = all().iter().filter(|row| row.host == host);
        assert_eq!(rows.count(), count, "{host:?}");
    }
}

#[test]
fn paths_have_neither_host_nor_query() {
    for row in all() {
        assert!(row.path.starts_with('/'), "{}", row.path);
        assert!(!row.path.ends_with('/'), "{}", row.path);
        assert!(!row.path.contains(['?', '#', ' ', '<', ':', '%']), "{}", row.path);
        assert!(!row.group.is_empty() && !row.name.is_empty(), "{}", row.path);
    }
}

#[test]
fn values_in_braces_are_whole_segments() {
    for segment in all().iter().flat_map(|row| row.path.split('/')) {
        let is_value = segment.starts_with('{') && segment.ends_with('}') && segment.len() > 2;
        assert!(is_value || !segment.contains(['{', '}']), "{segment}");
    }
}

#[test]
fn every_row_is_found_at_its_path_and_with_values_in_it() {
    for row in all() {
        let value =
            |segment: &'static str| if segment.starts_with('{') { "wx-1_%2F" } else { segment };
        let path = row.path.split('/').map(value).collect::<Vec<_>>().join("/");
        for path in [row.path, &path] {
            let found = find(row.host, path).expect(path);
            assert!(found.endpoints().contains(row), "{path}");
        }
    }
}

#[test]
fn a_fixed_path_wins_over_a_value() {
    let path = "/v3/pay/transactions/out-trade-no/1217752501201407033233368018";
    let by_value = endpoint(HostGroup::Mch, "GET", path);
    assert_eq!(by_value.path, "/v3/pay/transactions/out-trade-no/{out_trade_no}");
    let close = endpoint(HostGroup::Mch, "POST", &format!("{path}/close"));
    assert_eq!(close.path, "/v3/pay/transactions/out-trade-no/{out_trade_no}/close");
    let fixed = "/v3/fund-app/mch-transfer/transfer-bills/out-bill-no";
    assert_eq!(find(HostGroup::Mch, fixed), None);
}

#[test]
fn one_path_may_have_an_endpoint_for_each_method() {
    let found = find(HostGroup::Mch, "/v3/marketing/favor/users/oABC/coupons").unwrap();
    assert_eq!(found.for_method("GET").unwrap().name, "user coupons");
    assert_eq!(found.for_method("POST").unwrap().name, "send coupon");
    assert_eq!(found.for_method("PUT"), None);
    assert_eq!(found.first().methods, Methods::Get);
}

#[test]
fn other_paths_are_not_found() {
    for path in [
        "",
        "/",
        "/cgi-bin",
        "/cgi-bin/",
        "/cgi-bin/token/",
        "/cgi-bin/Token",
        "//cgi-bin/token",
        "/cgi-bin/token?grant_type=client_credential",
        "cgi-bin/token",
        "/cgi-bin/tokens",
        "/zzz",
        "/{path}",
    ] {
        assert_eq!(find(HostGroup::Api, path), None, "{path}");
    }
    for path in [
        "/v3/pay/transactions/id/",
        "/v3/pay/transactions/id//",
        "/v3/pay/transactions/id/1/2",
        "/v3/pay/transactions/{id}",
    ] {
        assert_eq!(find(HostGroup::Mch, path), None, "{path}");
    }
    assert_eq!(find(HostGroup::Mch, &"/v3".repeat(10_000)), None);
}

#[test]
fn hosts_have_their_own_paths() {
    let shared = "/cgi-bin/user/get";
    assert_eq!(api("GET", shared).name, "getFollowers");
    assert_eq!(endpoint(HostGroup::Qyapi, "GET", shared).name, "get user");
    assert_eq!(find(HostGroup::Mch, shared), None);
    assert_eq!(find(HostGroup::Qyapi, "/cgi-bin/token"), None);
}

#[test]
fn quotas_are_the_smaller_ones_stated() {
    for (method, path, daily, minute) in [
        ("GET", "/cgi-bin/token", Some(2_000), None),
        ("POST", "/cgi-bin/stable_token", Some(500_000), Some(10_000)),
        ("GET", "/cgi-bin/ticket/getticket", Some(1_000_000), None),
        ("POST", "/cgi-bin/openapi/rid/get", None, None),
        ("POST", "/cgi-bin/message/custom/send", Some(500_000), None),
        ("POST", "/cgi-bin/message/custom/typing", None, None),
        ("GET", "/sns/userinfo", None, Some(50_000)),
        ("POST", "/cgi-bin/message/mass/sendall", Some(100), Some(60)),
        ("POST", "/cgi-bin/shorturl", Some(1_000), None),
        ("POST", "/cgi-bin/media/upload", Some(100_000), None),
    ] {
        let row = api(method, path);
        assert_eq!((row.daily_quota, row.minute_quota), (daily, minute), "{path}");
    }
}

#[test]
fn permissions_are_those_of_the_classic_matrix() {
    use Permission::{All, No, Verified};
    for (path, subscription, service) in [
        ("/cgi-bin/clear_quota", All, All),
        ("/cgi-bin/media/upload", All, All),
        ("/cgi-bin/message/custom/send", Verified, Verified),
        ("/cgi-bin/menu/create", Verified, All),
        ("/cgi-bin/message/mass/send", No, Verified),
        ("/cgi-bin/message/template/send", No, Verified),
        ("/cgi-bin/qrcode/create", No, Verified),
        ("/cgi-bin/draft/add", All, All),
        ("/cgi-bin/freepublish/submit", Verified, Verified),
        ("/card/create", Verified, Verified),
    ] {
        let row = api("POST", path);
        assert_eq!((row.subscription, row.service), (subscription, service), "{path}");
    }
}

#[test]
fn accounts_call_their_own_hosts_only() {
    for row in all() {
        let foreign = row.host != HostGroup::Api;
        assert_eq!(row.subscription == Permission::Foreign, foreign, "{}", row.path);
        assert_eq!(row.service == Permission::Foreign, foreign, "{}", row.path);
    }
}

#[test]
fn where_libraries_disagree_both_methods_are_answered() {
    for path in [
        "/cgi-bin/token",
        "/sns/oauth2/access_token",
        "/customservice/kfaccount/del",
        "/cgi-bin/template/get_all_private_template",
        "/cgi-bin/template/get_industry",
        "/cgi-bin/material/get_materialcount",
        "/cgi-bin/draft/count",
        "/cgi-bin/message/mass/speed/get",
        "/cgi-bin/user/tag/get",
        "/cgi-bin/media/voice/queryrecoresultfortext",
        "/cgi-bin/menu/delete",
        "/cgi-bin/tags/get",
    ] {
        assert_eq!(api("GET", path).methods, Methods::GetOrPost, "{path}");
    }
    assert_eq!(api("POST", "/cgi-bin/stable_token").methods, Methods::Post);
}

#[test]
fn what_is_refused_has_a_reason() {
    for row in all().iter().filter(|row| row.status == Status::Refused) {
        assert!(!row.notes.is_empty(), "{}", row.path);
    }
    assert_eq!(api("POST", "/shakearound/page/add").status, Status::Refused);
    assert_eq!(api("POST", "/cgi-bin/material/add_news").status, Status::Refused);
}

#[test]
fn words_of_the_table_are_the_words_of_its_types() {
    let row = endpoint(HostGroup::Mch, "GET", "/v3/certificates");
    let words = [row.host.as_str(), row.methods.as_str(), row.service.as_str()];
    assert_eq!(words, ["mch", "GET", "-"]);
    let token = api("GET", "/cgi-bin/token");
    let words = [token.host.as_str(), token.methods.as_str(), token.subscription.as_str()];
    assert_eq!(words, ["api", "GET|POST", "all"]);
    let refused = api("POST", "/bizwifi/shop/get");
    assert_eq!([refused.subscription.as_str(), refused.status.as_str()], ["no", "refused"]);
    assert!(!refused.methods.allow("post"));
}
