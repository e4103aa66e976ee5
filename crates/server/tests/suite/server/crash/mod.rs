//! Twenty times SIGKILL under load, on both engines: nothing that was acknowledged is lost,
//! nothing is doubled, and no transaction is half there.

#![expect(clippy::print_stdout, reason = "a failure is repeated from what is printed")]

mod audit;
mod bot;
mod killer;
mod world;
mod writer;

use std::sync::Arc;

use testkit::{Database, Engine, run_empty};
use tokio::runtime::Runtime;

use super::process::{Teahouse, run};
use bot::Bot;
use killer::Killer;
use world::World;
use writer::Progress;

/// How often the process is killed.
const KILLS: u32 = 20;
/// Acknowledged writes between two kills, at least.
const ACKNOWLEDGED: u64 = 50;
/// People who write at the same time.
const PEOPLE: usize = 8;

#[test]
fn nothing_is_lost_on_sqlite() {
    run_empty(Engine::Sqlite, |database, runtime| check(&database, runtime));
}

#[test]
fn nothing_is_lost_on_postgres() {
    run_empty(Engine::Postgres, |database, runtime| check(&database, runtime));
}

fn check(database: &Database, runtime: &Runtime) {
    let seed = killer::seed();
    println!("seed {seed}: TEAHOUSE_TEST_SEED={seed} repeats the choices");
    let data = database.folder().join("data");
    let data = data.to_str().expect("a temporary path is text").to_owned();
    let url = database.url();
    let mut place = vec!["--data", data.as_str()];
    place.extend(url.iter().flat_map(|url| ["--database", url.as_str()]));
    let start = || {
        let arguments = ["dev", "--empty", "--listen", "127.0.0.1:0"];
        let arguments: Vec<&str> = arguments.into_iter().chain(place.iter().copied()).collect();
        Teahouse::start(database.folder(), &arguments)
    };

    let bot = runtime.block_on(Bot::start());
    let mut teahouse = start();
    let world = Arc::new(runtime.block_on(World::make(teahouse.address, &bot, PEOPLE)));
    let progress = Progress::new(teahouse.address);
    let writers: Vec<_> = (0..PEOPLE)
        .map(|person| runtime.spawn(writer::write(world.clone(), person, progress.clone())))
        .collect();
    let mut killer = Killer::new(seed);
    for _ in 0..KILLS {
        // As many pushes too: a push that four kills in a row cut off is given up, as promised.
        runtime.block_on(async {
            tokio::join!(progress.wait_for_more(ACKNOWLEDGED), bot.wait_for_more(ACKNOWLEDGED));
        });
        runtime.block_on(killer.wait_for_the_moment(&bot, &progress));
        progress.lose();
        teahouse.kill();
        teahouse = start();
        progress.find(teahouse.address);
    }
    progress.end();
    for writer in writers {
        runtime.block_on(writer).expect("a writer does not panic");
    }

    let written = progress.acknowledged_by_person(PEOPLE);
    let total: usize = written.iter().map(Vec::len).sum();
    println!("{total} messages acknowledged, {}", killer.summary());
    assert!(total as u64 >= u64::from(KILLS) * ACKNOWLEDGED);
    let faults = runtime.block_on(audit::list_faults(teahouse.address, &world, &bot, &written));
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(teahouse.stop().status.success());
    let verify: Vec<&str> = ["verify"].into_iter().chain(place.iter().copied()).collect();
    let verified = run(database.folder(), &verify);
    assert_eq!(verified.output, "everything is in order\n", "{}", verified.complaints);

    audit::plant_a_loss(database, &data);
    let verified = run(database.folder(), &verify);
    assert_eq!(verified.status.code(), Some(1), "verify does not see a lost message");
    let teahouse = start();
    let faults = runtime.block_on(audit::list_faults(teahouse.address, &world, &bot, &written));
    assert!(!faults.is_empty(), "the audit does not see a lost message");
}
