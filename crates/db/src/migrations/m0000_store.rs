//! The store's own tables: the history of the schema, leased counters, and the clock.

use super::{By, Migration, Step};

pub(super) const MIGRATION: Migration = Migration {
    number: 0,
    name: "store",
    steps: &[
        Step::Table {
            name: "schema_migration",
            by: By::Reference,
            columns: "version bigint not null, name text not null, applied_at bigint not null,
                constraint schema_migration_pk primary key (version)",
        },
        Step::Table {
            name: "counter",
            by: By::Reference,
            columns: "name text not null, next_number bigint not null,
                constraint counter_pk primary key (name)",
        },
        Step::Table {
            name: "clock",
            by: By::Reference,
            columns: "clock_id bigint not null, frozen boolean not null, millis bigint not null,
                epoch bigint not null,
                constraint clock_pk primary key (clock_id),
                constraint clock_single check (clock_id = 1)",
        },
    ],
};
