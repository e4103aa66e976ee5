//! The command line: what it prints, what it makes, how it stops.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use insta::assert_snapshot;
use tempfile::TempDir;
use testkit::{Answer, DeveloperServer, Engine, run_empty};

use super::process::{Teahouse, command, finish, run};

const PORT: [&str; 3] = ["dev", "--listen", "127.0.0.1:0"];

fn folder() -> TempDir {
    tempfile::tempdir().expect("the system has a temp folder")
}

fn mode_of(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[test]
fn the_first_line_names_a_port_that_accepts_and_sigterm_stops_cleanly() {
    run_empty(Engine::Sqlite, |database, runtime| {
        let arguments = ["dev", "--memory", "--listen", "127.0.0.1:0"];
        let teahouse = Teahouse::start(database.folder(), &arguments);
        let health = runtime.block_on(teahouse.call("GET", "/healthz").send());
        assert_eq!(health.status, 200);
        let ended = teahouse.stop();
        assert_eq!(ended.status.code(), Some(0), "{ended:?}");
        for part in ["client ", "gateway ", "sandbox ", "AppID ", "wx7ea4c0de00000001"] {
            assert!(ended.output.contains(part), "{part} in {}", ended.output);
        }
        let secrets = ended.output.lines().filter(|line| line.contains("AppSecret"));
        for secret in secrets.filter_map(|line| line.split_whitespace().last()) {
            assert!(!ended.complaints.contains(secret), "a secret is in the log");
        }
        assert_eq!(fs::read_dir(database.folder()).unwrap().count(), 0, "it left something");
    });
}

#[test]
fn memory_leaves_nothing_behind() {
    let (home, temporary) = (folder(), folder());
    let mut command = command(home.path(), &["dev", "--memory", "--listen", "127.0.0.1:0"]);
    let teahouse = Teahouse::spawn(command.env("TMPDIR", temporary.path()));
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1, "it works in its own folder");
    assert!(teahouse.stop().status.success());
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn without_arguments_it_is_dev_in_a_private_folder() {
    let home = folder();
    let mut command = command(home.path(), &[]);
    let teahouse = Teahouse::spawn(command.env("TEAHOUSE_SERVER_LISTEN", "127.0.0.1:0"));
    assert!(teahouse.stop().status.success());
    let data = home.path().join("teahouse-data");
    assert_eq!(mode_of(&data), 0o700);
    assert_eq!(mode_of(&data.join("instance.key")), 0o600);
    assert_eq!(mode_of(&data.join("teahouse.db")), 0o600);
}

#[test]
fn an_unknown_key_is_refused() {
    let home = folder();
    let ended = finish(command(home.path(), &PORT).env("TEAHOUSE_SERVER_LISTENS", "x"));
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.complaints, @"teahouse: unknown variable TEAHOUSE_SERVER_LISTENS; did you mean TEAHOUSE_SERVER_LISTEN?");
    fs::write(home.path().join("tea.toml"), "[callbacks]\ntimout_ms = 1\n").unwrap();
    let ended = run(home.path(), &["serve", "--config", "tea.toml"]);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.complaints, @"teahouse: tea.toml: unknown key callbacks.timout_ms; did you mean callbacks.timeout_ms?");
}

#[test]
fn a_flag_that_is_not_built_is_an_unknown_argument() {
    let ended = run(folder().path(), &["dev", "--seed", "1"]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.complaints.contains("unexpected argument '--seed'"), "{}", ended.complaints);
}

#[test]
fn a_second_process_on_the_same_folder_is_refused() {
    let home = folder();
    let first = Teahouse::start(home.path(), &PORT);
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.complaints, @"teahouse: another teahouse works on teahouse-data; stop that one first, or name another folder with --data");
    assert!(first.stop().status.success());
    assert!(Teahouse::start(home.path(), &PORT).stop().status.success(), "the lock is gone");
}

#[test]
fn a_port_in_use_is_one_sentence() {
    let home = folder();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = run(home.path(), &["dev", "--listen", &address]);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(testkit::redact(&ended.complaints), @"teahouse: cannot listen on 127.0.0.1:[port]; name another address or port with --listen: Address already in use (os error 98)");
}

#[test]
fn a_folder_in_a_missing_folder_is_one_sentence() {
    let ended = run(folder().path(), &["dev", "--data", "no/such", "--listen", "127.0.0.1:0"]);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.complaints, @"teahouse: no/such cannot be made, because the folder above it is missing; make that one first, or name another with --data");
}

#[test]
fn a_key_of_another_instance_is_refused() {
    let home = folder();
    Teahouse::start(home.path(), &PORT).stop();
    let key = home.path().join("teahouse-data/instance.key");
    let own = fs::read_to_string(&key).unwrap();
    fs::write(&key, "00".repeat(32)).unwrap();
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.complaints.contains("is not the one of this database"), "{}", ended.complaints);
    fs::remove_file(&key).unwrap();
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.complaints.contains("is missing at"), "{}", ended.complaints);
    fs::write(&key, "tea").unwrap();
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.complaints.contains("does not hold 64 hexadecimal digits"));
    fs::remove_file(&key).unwrap();
    let mut command = command(home.path(), &PORT);
    let teahouse = Teahouse::spawn(command.env("TEAHOUSE_SECRETS_INSTANCE_KEY", own.trim()));
    assert!(teahouse.stop().status.success(), "the key may come from outside");
    assert!(!key.exists(), "then it is not written down");
}

#[test]
fn a_damaged_database_is_one_sentence() {
    let home = folder();
    Teahouse::start(home.path(), &PORT).stop();
    fs::write(home.path().join("teahouse-data/teahouse.db"), "not a database").unwrap();
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.complaints, @"teahouse: teahouse-data/teahouse.db is not a database; name another file, or restore a backup to it");
}

#[test]
fn a_database_that_may_not_be_written_is_one_sentence() {
    let home = folder();
    Teahouse::start(home.path(), &PORT).stop();
    let file = home.path().join("teahouse-data/teahouse.db");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.complaints, @"teahouse: teahouse-data/teahouse.db is read-only; make the file and its folder writable, or choose another folder");
}

#[test]
fn a_database_of_a_newer_release_is_one_sentence() {
    let home = folder();
    Teahouse::start(home.path(), &PORT).stop();
    let file = rusqlite::Connection::open(home.path().join("teahouse-data/teahouse.db")).unwrap();
    let later = "insert into schema_migration (version, name, applied_at) values (900, 'later', 0)";
    file.execute(later, []).unwrap();
    drop(file);
    let ended = run(home.path(), &PORT);
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.complaints.contains("start the newer release again"), "{}", ended.complaints);
    assert_eq!(ended.complaints.lines().count(), 1);
}

#[test]
fn an_answer_under_way_is_given_before_it_stops() {
    run_empty(Engine::Sqlite, |database, runtime| {
        let slow = runtime.block_on(DeveloperServer::responding(|_| {
            Answer::text("success").after(Duration::from_millis(700))
        }));
        let arguments = ["dev", "--empty", "--memory", "--listen", "127.0.0.1:0"];
        let teahouse = Teahouse::start(database.folder(), &arguments);
        let post = |path: &str, body: &str| teahouse.call("POST", path).json(body).send();
        let callback = format!(r#"{{"url":"{}","token":"tea","mode":"plain"}}"#, slow.url());
        let body = format!(r#"{{"kind":"service","name":"慢","callback":{callback}}}"#);
        let account = runtime.block_on(post("/sandbox/accounts", &body));
        let person = runtime.block_on(post("/sandbox/people", r#"{"nickname":"Mei"}"#));
        let follow = format!("/sandbox/people/{}/follow", person.field("/id"));
        let body = format!(r#"{{"appid":"{}"}}"#, account.field("/appid"));
        let answer = runtime.spawn(post(&follow, &body));
        // The echostr, and the push that is answered slowly.
        runtime.block_on(slow.wait_for(2));
        let ended = teahouse.stop();
        assert_eq!(ended.status.code(), Some(0));
        let answer = runtime.block_on(answer).unwrap();
        assert_eq!(answer.json()["deliveries"][0]["status"], "acknowledged", "{answer}");
    });
}

#[test]
fn an_unreachable_database_server_is_one_sentence_without_the_password() {
    let address = "postgres://tea:hunter2@127.0.0.1:1/tea";
    let ended = run(folder().path(), &["dev", "--listen", "127.0.0.1:0", "--database", address]);
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.complaints.lines().count(), 1, "{}", ended.complaints);
    assert!(ended.complaints.contains("cannot be reached"), "{}", ended.complaints);
    assert!(!ended.complaints.contains("hunter2"));
}

#[test]
fn dev_runs_on_postgresql() {
    run_empty(Engine::Postgres, |database, runtime| {
        let url = database.url().expect("it is on a server");
        let arguments = ["dev", "--listen", "127.0.0.1:0", "--database", &url];
        let teahouse = Teahouse::start(database.folder(), &arguments);
        let accounts = runtime.block_on(teahouse.call("GET", "/sandbox/accounts").send());
        assert_eq!(accounts.status, 200);
        assert_eq!(accounts.json()["accounts"].as_array().map(Vec::len), Some(2));
        assert!(teahouse.stop().status.success());
    });
}

#[test]
fn serve_has_a_sandbox_only_with_a_key() {
    run_empty(Engine::Sqlite, |database, runtime| {
        let serve = || {
            let mut command = command(database.folder(), &["serve"]);
            command.env("TEAHOUSE_SERVER_LISTEN", "127.0.0.1:0");
            command
        };
        let status = |teahouse: &Teahouse, key: Option<&str>| {
            let call = teahouse.call("GET", "/sandbox");
            let call = match key {
                Some(key) => call.header("authorization", &format!("Bearer {key}")),
                None => call,
            };
            runtime.block_on(call.send()).status
        };
        let teahouse = Teahouse::spawn(&mut serve());
        assert_eq!(status(&teahouse, None), 404);
        assert!(teahouse.stop().status.success());
        let mut enabled = serve();
        enabled.env("TEAHOUSE_SANDBOX_ENABLED", "true");
        let ended = finish(&mut enabled);
        assert_snapshot!(ended.complaints, @"teahouse: the sandbox is enabled without a key; set sandbox.key, or switch it off");
        let teahouse = Teahouse::spawn(enabled.env("TEAHOUSE_SANDBOX_KEY", "opensesame"));
        assert_eq!(status(&teahouse, None), 401);
        assert_eq!(status(&teahouse, Some("opensesame")), 200);
        let ended = teahouse.stop();
        assert!(!ended.complaints.contains("opensesame"), "the key is in the log");
    });
}

#[test]
fn endpoints_are_listed_as_text_and_as_json() {
    let home = folder();
    let ended = run(home.path(), &["endpoints", "--json"]);
    let list: Vec<serde_json::Value> = serde_json::from_str(&ended.output).unwrap();
    assert_eq!(list.len(), wire::endpoints::all().len());
    let token = list.iter().find(|endpoint| endpoint["path"] == "/cgi-bin/token").unwrap();
    assert_eq!(token["status"], "done");
    let ended = run(home.path(), &["endpoints"]);
    assert!(
        ended
            .output
            .lines()
            .any(|line| line.starts_with("done ") && line.contains("/cgi-bin/token "))
    );
    let sum = ended.output.lines().last().unwrap();
    assert!(sum.contains(" done, ") && sum.ends_with(" refused"), "{sum}");
}

#[test]
fn the_openapi_document_is_printed() {
    let ended = run(folder().path(), &["codegen-openapi"]);
    let document: serde_json::Value = serde_json::from_str(&ended.output).unwrap();
    assert!(document["openapi"].is_string());
}

#[test]
fn help_and_version() {
    let home = folder();
    let ended = run(home.path(), &["--version"]);
    assert_eq!(ended.output, format!("teahouse {}\n", env!("CARGO_PKG_VERSION")));
    assert_snapshot!(run(home.path(), &["help"]).output);
    assert_snapshot!("help_dev", run(home.path(), &["help", "dev"]).output);
    assert_snapshot!("help_backup", run(home.path(), &["help", "backup"]).output);
}
