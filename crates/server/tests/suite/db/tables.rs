//! The tables of these tests, and the rows that most of them begin with.

use db::{By, Db, Error, Index, MIGRATIONS, Migration, Step, params};

pub(crate) const TABLES: &[Migration] = &[MIGRATIONS[0], FIRST];

pub(crate) const FIRST: Migration = Migration {
    number: 1,
    name: "tests",
    steps: &[
        Step::Table {
            name: "shop",
            by: By::Key("shop_id"),
            columns: "shop_id bigint not null, name text not null, stock bigint not null,
                constraint shop_pk primary key (shop_id),
                constraint shop_stock_positive check (stock >= 0)",
        },
        Step::Table {
            name: "item",
            by: By::Key("shop_id"),
            columns: "shop_id bigint not null, id bigint not null, name text not null, note text,
                hot boolean, weight double precision, image bytea,
                constraint item_pk primary key (shop_id, id),
                constraint item_name_uk unique (shop_id, name),
                constraint item_shop_fk foreign key (shop_id) references shop (shop_id)",
        },
        Step::Table {
            name: "person",
            by: By::Key("person_id"),
            columns: "person_id bigint not null, name text not null,
                constraint person_pk primary key (person_id)",
        },
        Step::Table {
            name: "visit",
            by: By::Key("shop_id"),
            columns: "shop_id bigint not null, person_id bigint not null, at bigint not null,
                constraint visit_pk primary key (shop_id, person_id)",
        },
        Step::Table {
            name: "word",
            by: By::Reference,
            columns: "word text not null, constraint word_pk primary key (word)",
        },
        Step::Index(Index {
            name: "item_hot",
            table: "item",
            columns: "shop_id, name",
            unique: false,
            filter: Some("hot"),
            concurrently: false,
        }),
    ],
};

/// With a table whose foreign key is looked at by the commit only.
pub(crate) const WITH_LATER: &[Migration] = &[
    MIGRATIONS[0],
    FIRST,
    Migration {
        number: 2,
        name: "later",
        steps: &[Step::Table {
            name: "later",
            by: By::Key("shop_id"),
            columns: "shop_id bigint not null, id bigint not null,
                constraint later_pk primary key (shop_id, id),
                constraint later_shop_fk foreign key (shop_id) references shop (shop_id)
                    deferrable initially deferred",
        }],
    },
];

db::id! {
    /// A shop.
    pub(crate) struct ShopId;
}

/// Opens a shop with this much in stock.
pub(crate) fn add_shop(db: &Db, shop: i64, stock: i64) {
    let sql = "insert into shop (shop_id, name, stock) values ($1, $2, $3)";
    db.write_blocking(move |tx| tx.execute(sql, params![shop, "shop", stock])).unwrap();
}

/// How much a shop has in stock; `None` if it is not there.
pub(crate) fn stock(db: &Db, shop: i64) -> Option<i64> {
    let sql = "select stock from shop where shop_id = $1";
    db.read_blocking(move |tx| tx.optional::<i64>(sql, params![shop])).unwrap()
}

/// Writes a shop, in a transaction of its own.
pub(crate) fn try_shop(db: &Db, shop: i64) -> Result<u64, Error> {
    let sql = "insert into shop (shop_id, name, stock) values ($1, 'shop', 0)";
    db.write_blocking(move |tx| tx.execute(sql, params![shop]))
}
