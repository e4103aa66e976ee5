//! The writer over files of its own: what is kept, and how often a closure runs.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};

use super::*;
use crate::call::{Call, Reply};
use crate::params;

type Answer = Receiver<Result<u64, Error>>;

/// What is queued for one writer, which then runs it as one group.
struct Queued(Options);

impl Queued {
    fn new() -> Self {
        Self(Options {
            jobs: Arc::new(Queue::new(100)),
            signals: Arc::new(Queue::new(1)),
            counters: Counters::default(),
            clock: Clock::real(),
            on_wake: Arc::new(|_: &[Wake]| ()),
        })
    }

    fn push(&self, closure: impl Fn(&mut Tx<'_>) -> Result<u64, Error> + Send + 'static) -> Answer {
        let (reply, answer) = mpsc::sync_channel(1);
        let work = Box::new(Call::new(closure, Reply::Thread(reply)));
        self.0.jobs.push(Job::new(Access::Write, work)).unwrap();
        answer
    }

    fn run(self, connection: &Connection) {
        self.0.jobs.close();
        serve(connection, &self.0);
    }
}

fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "pragma journal_mode = wal;
             create table counter (name text primary key, next_number integer);
             create table page (id integer primary key, body text) strict",
        )
        .unwrap();
    connection
}

fn insert(tx: &mut Tx<'_>, id: i64, body: String) -> Result<u64, Error> {
    tx.execute("insert into page (id, body) values ($1, $2)", params![id, body])
}

fn list(path: &Path) -> Vec<i64> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("select id from page order by id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn on_a_full_disk_exactly_what_was_acknowledged_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.db");
    let connection = open(&path);
    connection.execute_batch("pragma max_page_count = 40").unwrap();
    let queued = Queued::new();
    let answers: Vec<(i64, Answer)> =
        (0..60).map(|id| (id, queued.push(move |tx| insert(tx, id, "x".repeat(3000))))).collect();
    queued.run(&connection);
    let acknowledged: Vec<i64> = answers
        .iter()
        .filter(|(_, answer)| answer.recv().unwrap().is_ok())
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(acknowledged, list(&path));
    assert!(acknowledged.len() < 60, "the disk was full");
}

/// Runs three closures in one group, of which the second fails; answers what is kept, and how
/// often the first has run.
fn run_with(
    failing: impl Fn(&mut Tx<'_>) -> Result<u64, Error> + Send + 'static,
) -> (Vec<i64>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("group.db");
    let connection = open(&path);
    let queued = Queued::new();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let first = queued.push(move |tx| {
        counted.fetch_add(1, Ordering::Relaxed);
        insert(tx, 1, String::new())
    });
    let second = queued.push(failing);
    let third = queued.push(|tx| insert(tx, 3, String::new()));
    queued.run(&connection);
    assert_eq!(first.recv().unwrap(), Ok(1));
    assert!(second.recv().unwrap().is_err());
    assert_eq!(third.recv().unwrap(), Ok(1));
    (list(&path), runs.load(Ordering::Relaxed))
}

#[test]
fn a_closure_that_fails_before_it_writes_costs_the_others_nothing() {
    assert_eq!(run_with(|_| Err(Error::NoRow)), (vec![1, 3], 1));
}

#[test]
fn a_closure_that_fails_after_it_wrote_leaves_nothing_and_the_others_run_again() {
    let written_then_failed = |tx: &mut Tx<'_>| {
        insert(tx, 2, String::new())?;
        Err(Error::NoRow)
    };
    assert_eq!(run_with(written_then_failed), (vec![1, 3], 2));
}

#[test]
fn a_closure_that_panics_after_it_wrote_leaves_nothing() {
    let written_then_lost = |tx: &mut Tx<'_>| {
        insert(tx, 2, String::new())?;
        panic!("lost")
    };
    assert_eq!(run_with(written_then_lost), (vec![1, 3], 2));
}

#[test]
fn numbers_that_run_out_after_a_write_are_leased_and_none_is_given_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("numbers.db");
    let connection = open(&path);
    let queued = Queued::new();
    let answers: Vec<Answer> = (0..50)
        .map(|id| {
            queued.push(move |tx| {
                insert(tx, id, String::new())?;
                Ok(tx.numbers("seldom", 90)?.start.unsigned_abs())
            })
        })
        .collect();
    queued.run(&connection);
    let starts: Vec<u64> = answers.iter().map(|answer| answer.recv().unwrap().unwrap()).collect();
    assert!(starts.windows(2).all(|pair| pair[0] + 90 <= pair[1]), "{starts:?}");
    assert_eq!(list(&path).len(), 50);
}
