//! The frame: accounts and their credentials, people, followers, conversations, jobs, media.
//!
//! Instants are Unix milliseconds; `…_real` ones are the machine's time, all others the platform's
//! clock. JSON is text that SQL never looks into. No foreign keys: the hot tables must not have
//! them, and the others are small.

use super::{By, Index, Migration, Step};

/// See the file's own words.
pub(super) const MIGRATION: Migration = Migration { number: 1, name: "frame", steps: STEPS };

const fn table(name: &'static str, key: &'static str, columns: &'static str) -> Step {
    Step::Table { name, by: By::Key(key), columns }
}

const STEPS: &[Step] = &[
    // The name of the key that the secrets in here are sealed with; one row.
    Step::Table {
        name: "instance",
        by: By::Reference,
        columns: "instance_id bigint not null, key_id text not null, \
                  constraint instance_pk primary key (instance_id)",
    },
    // Accounts.
    table(
        "account",
        "account_id",
        "account_id bigint not null, appid text not null, username text not null, \
         kind text not null, verified boolean not null, name text not null, \
         introduction text not null, avatar_url text, secret_hash bytea not null, \
         secret_frozen boolean not null, ip_whitelist text not null, token_sealed bytea not null, \
         aes_key_sealed bytea not null, mode text not null, format text not null, \
         callback_url text, recognize_voice boolean not null, report_location boolean not null, \
         failed_pushes bigint not null, suspended_until bigint not null, \
         next_follower bigint not null, created_at bigint not null, \
         constraint account_pk primary key (account_id)",
    ),
    table(
        "directory_appid",
        "appid",
        "appid text not null, account_id bigint not null, \
         constraint directory_appid_pk primary key (appid)",
    ),
    table(
        "directory_username",
        "username",
        "username text not null, account_id bigint not null, \
         constraint directory_username_pk primary key (username)",
    ),
    // What lists and searches over all accounts read; operators write it, no hot path does.
    Step::Table {
        name: "directory_account",
        by: By::Reference,
        columns: "account_id bigint not null, name_folded text not null, \
                  constraint directory_account_pk primary key (account_id)",
    },
    table(
        "access_token",
        "account_id",
        "account_id bigint not null, issuer text not null, generation bigint not null, \
         issued_at bigint not null, previous_until bigint not null, forced_day bigint not null, \
         forced_count bigint not null, forced_at bigint not null, \
         constraint access_token_pk primary key (account_id, issuer)",
    ),
    table(
        "ticket",
        "account_id",
        "account_id bigint not null, kind text not null, generation bigint not null, \
         issued_at bigint not null, constraint ticket_pk primary key (account_id, kind)",
    ),
    // Quotas and what was called.
    table(
        "call_quota",
        "account_id",
        "account_id bigint not null, day bigint not null, endpoint text not null, \
         used bigint not null, constraint call_quota_pk primary key (account_id, day, endpoint)",
    ),
    table(
        "quota_reset",
        "account_id",
        "account_id bigint not null, month bigint not null, kind text not null, \
         used bigint not null, constraint quota_reset_pk primary key (account_id, month, kind)",
    ),
    table(
        "call_count",
        "account_id",
        "account_id bigint not null, hour bigint not null, endpoint text not null, \
         outcome text not null, calls bigint not null, sum_micros bigint not null, \
         max_micros bigint not null, \
         constraint call_count_pk primary key (account_id, hour, endpoint, outcome)",
    ),
    // A rid begins with the second in hex, so its text order is the order of time. Account 0 holds
    // the calls that name no account.
    table(
        "call",
        "account_id",
        "account_id bigint not null, rid text not null, failed boolean not null, \
         at bigint not null, method text not null, path text not null, query text not null, \
         request_body text not null, errcode bigint not null, response_body text not null, \
         client_ip text not null, cost_micros bigint not null, \
         constraint call_pk primary key (account_id, failed, rid)",
    ),
    // People and what they know of accounts.
    table(
        "person",
        "person_id",
        "person_id bigint not null, nickname text not null, sex bigint not null, \
         language text not null, country text not null, province text not null, \
         city text not null, avatar_url text, device text not null, system text not null, \
         network text not null, carrier text not null, created_at bigint not null, \
         constraint person_pk primary key (person_id)",
    ),
    table(
        "person_session",
        "person_id",
        "person_id bigint not null, session_no bigint not null, secret_hash bytea not null, \
         created_at bigint not null, \
         constraint person_session_pk primary key (person_id, session_no)",
    ),
    // One row for each account that a person follows or has talked with: his side of it.
    table(
        "chat",
        "person_id",
        "person_id bigint not null, account_id bigint not null, follower_no bigint not null, \
         subscribed boolean not null, subscribed_at bigint not null, last_seq bigint not null, \
         last_at bigint not null, last_origin text not null, last_kind text not null, \
         last_preview text not null, unread bigint not null, read_seq bigint not null, \
         constraint chat_pk primary key (person_id, account_id)",
    ),
    // Followers and conversations: the account's side.
    table(
        "follower",
        "account_id",
        "account_id bigint not null, follower_no bigint not null, person_id bigint not null, \
         openid text not null, subscribed boolean not null, subscribed_at bigint not null, \
         scene text not null, scan text not null, created_at bigint not null, \
         constraint follower_pk primary key (account_id, follower_no), \
         constraint follower_person_uk unique (account_id, person_id), \
         constraint follower_openid_uk unique (account_id, openid)",
    ),
    // `…_left` and `…_until` are the grants: how many customer messages the account may still send
    // because of what the person did, and until when.
    table(
        "conversation",
        "account_id",
        "account_id bigint not null, follower_no bigint not null, last_seq bigint not null, \
         last_at bigint not null, exchanged_at bigint not null default 0, \
         message_left bigint not null default 0, message_until bigint not null default 0, \
         follow_left bigint not null default 0, follow_until bigint not null default 0, \
         menu_left bigint not null default 0, menu_until bigint not null default 0, \
         choice_left bigint not null default 0, choice_until bigint not null default 0, \
         scan_left bigint not null default 0, scan_until bigint not null default 0, \
         pay_until bigint not null default 0, default_reply_at bigint not null default 0, \
         constraint conversation_pk primary key (account_id, follower_no)",
    ),
    // `send_key` is the sender's own name for what it sent, so that a repetition is known.
    table(
        "message",
        "account_id",
        "account_id bigint not null, follower_no bigint not null, seq bigint not null, \
         sent_at bigint not null, origin text not null, kind text not null, body text not null, \
         msg_id bigint not null, send_key text, \
         constraint message_pk primary key (account_id, follower_no, seq)",
    ),
    // Clients make names that grow with time, so that the account's newest lie side by side: by
    // follower each would dirty a page of its own.
    Step::Index(Index {
        name: "message_send_key_uk",
        table: "message",
        columns: "account_id, send_key, follower_no",
        unique: true,
        filter: Some("send_key is not null"),
        concurrently: false,
    }),
    // Facts for analysis, one row each, written in the transaction that caused them.
    table(
        "event",
        "account_id",
        "account_id bigint not null, event_id bigint not null, follower_no bigint not null, \
         kind text not null, at bigint not null, device text not null, system text not null, \
         network text not null, carrier text not null, detail text not null, \
         constraint event_pk primary key (account_id, event_id)",
    ),
    table(
        "autoreply_rule",
        "account_id",
        "account_id bigint not null, rule_no bigint not null, occasion text not null, \
         match_mode text not null, keyword text not null, reply text not null, \
         constraint autoreply_rule_pk primary key (account_id, rule_no)",
    ),
    table(
        "delivery",
        "account_id",
        "account_id bigint not null, delivery_id bigint not null, rid text not null, \
         url text not null, status text not null, reason text not null, attempts text not null, \
         request_query text not null, request_body text not null, response_status bigint, \
         response_body text not null, created_at bigint not null, settled_at bigint not null, \
         constraint delivery_pk primary key (account_id, delivery_id)",
    ),
    // Files: what an account holds, what a person uploaded, and who uses which content.
    table(
        "media",
        "account_id",
        "account_id bigint not null, media_no bigint not null, kind text not null, \
         hash text not null, size_bytes bigint not null, content_type text not null, \
         file_name text not null, width bigint, height bigint, millis bigint, \
         created_at bigint not null, expires_at bigint not null, \
         constraint media_pk primary key (account_id, media_no)",
    ),
    table(
        "upload",
        "person_id",
        "person_id bigint not null, upload_no bigint not null, kind text not null, \
         hash text not null, size_bytes bigint not null, content_type text not null, \
         file_name text not null, width bigint, height bigint, millis bigint, \
         created_at bigint not null, expires_at bigint not null, \
         constraint upload_pk primary key (person_id, upload_no)",
    ),
    table(
        "file_use",
        "hash",
        "hash text not null, root bigint not null, number bigint not null, kind text not null, \
         constraint file_use_pk primary key (hash, kind, root, number)",
    ),
    // Jobs: see the crate `jobs`.
    table(
        "job",
        "owner",
        "owner bigint not null, id bigint not null, bucket bigint not null, kind text not null, \
         version bigint not null, body text not null, state text not null, due_at bigint not null, \
         lease bigint not null, attempts bigint not null, last_error text not null, \
         created_at bigint not null, constraint job_pk primary key (owner, id)",
    ),
    Step::Index(job_index("job_due", "due_at", "state = 'ready'")),
    Step::Index(job_index("job_ready", "owner, due_at", "state = 'ready'")),
    Step::Index(job_index("job_running", "bucket", "state = 'running'")),
    table(
        "job_lease",
        "bucket",
        "bucket bigint not null, node text not null, lease bigint not null, \
         expires_at_real bigint not null, constraint job_lease_pk primary key (bucket)",
    ),
];

/// A partial index: a job is in it only in the state that it serves, which makes claiming and
/// finishing a job half as dear as with a full index over states.
const fn job_index(name: &'static str, columns: &'static str, filter: &'static str) -> Index {
    Index { name, table: "job", columns, unique: false, filter: Some(filter), concurrently: false }
}
