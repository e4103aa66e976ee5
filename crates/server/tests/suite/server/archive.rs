//! Backup, restore and verify.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use insta::assert_snapshot;
use testkit::{Engine, Reply, redact, run_empty};
use tokio::runtime::Runtime;

use super::process::{Teahouse, command, finish, run};

/// A picture of one pixel.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn start(home: &Path, data: &str) -> Teahouse {
    Teahouse::start(home, &["dev", "--listen", "127.0.0.1:0", "--data", data])
}

/// A person who follows the demo's tea shop and sends it a picture; answers his id.
fn write_history(runtime: &Runtime, teahouse: &Teahouse) -> String {
    runtime.block_on(async {
        let post = |path: String, body: String| async move {
            let reply = teahouse.call("POST", &path).json(&body).send().await;
            assert!(reply.status < 300, "{path}: {reply}");
            reply
        };
        let person = post("/sandbox/people".to_owned(), r#"{"nickname":"Yun"}"#.to_owned())
            .await
            .field("/id");
        let shop = "wx7ea4c0de00000001";
        let act = |act: &str| format!("/sandbox/people/{person}/{act}");
        post(act("follow"), format!(r#"{{"appid":"{shop}"}}"#)).await;
        let upload = teahouse.call("POST", &act("media?type=image")).file("media", "a.gif", GIF);
        let media = upload.send().await.field("/media_id");
        let body = format!(r#"{{"appid":"{shop}","type":"image","media_id":"{media}"}}"#);
        post(act("send"), body).await;
        person
    })
}

fn inbox(runtime: &Runtime, teahouse: &Teahouse, person: &str) -> Reply {
    let path = format!("/sandbox/people/{person}/inbox?appid=wx7ea4c0de00000001&after=0");
    runtime.block_on(teahouse.call("GET", &path).send())
}

/// The bytes of the first picture in an inbox.
fn picture(runtime: &Runtime, teahouse: &Teahouse, inbox: &Reply) -> Vec<u8> {
    let inbox = inbox.json();
    let mut messages = inbox["messages"].as_array().unwrap().iter();
    let image = messages.find(|message| message["type"] == "image").expect("it was sent");
    let url = image["url"].as_str().unwrap();
    let path = &url[url.find("/media/").expect("a picture's address")..];
    let reply = runtime.block_on(teahouse.call("GET", path).send());
    assert_eq!(reply.status, 200);
    reply.body.to_vec()
}

/// The messages alone: addresses hold a port.
fn messages(inbox: &Reply) -> String {
    redact(&inbox.json()["messages"].to_string())
}

#[test]
fn what_was_backed_up_while_running_comes_back() {
    run_empty(Engine::Sqlite, |database, runtime| {
        let home = database.folder();
        let first = start(home, "one");
        let person = write_history(runtime, &first);
        let before = inbox(runtime, &first, &person);
        let backup = run(home, &["backup", "tea.tar", "--data", "one"]);
        assert_eq!(backup.output, "tea.tar is written\n", "{}", backup.complaints);
        assert!(backup.status.success());
        assert_eq!(fs::metadata(home.join("tea.tar")).unwrap().permissions().mode() & 0o777, 0o600);
        // What comes after the backup is not in it.
        write_history(runtime, &first);
        assert!(first.stop().status.success());

        let restored = run(home, &["restore", "tea.tar", "--data", "two"]);
        assert_eq!(restored.output, "two is restored\n", "{}", restored.complaints);
        for data in ["one", "two"] {
            let verified = run(home, &["verify", "--data", data]);
            assert_eq!(verified.output, "everything is in order\n", "{}", verified.complaints);
        }
        let second = start(home, "two");
        let after = inbox(runtime, &second, &person);
        assert_eq!(messages(&after), messages(&before));
        assert_eq!(picture(runtime, &second, &after), GIF);
        let people =
            runtime.block_on(second.call("GET", "/sandbox/people").send()).text().to_owned();
        assert_eq!(people.matches("Yun").count(), 1);
        assert!(second.stop().status.success());
    });
}

#[test]
fn an_archive_is_never_written_over_and_a_folder_neither() {
    run_empty(Engine::Sqlite, |database, _| {
        let home = database.folder();
        start(home, "one").stop();
        assert!(run(home, &["backup", "tea.tar", "--data", "one"]).status.success());
        let again = run(home, &["backup", "tea.tar", "--data", "one"]);
        assert_eq!(again.status.code(), Some(1));
        assert_snapshot!(again.complaints, @"teahouse: tea.tar exists already; name another file");
        let restored = run(home, &["restore", "tea.tar", "--data", "one"]);
        assert_eq!(restored.status.code(), Some(1));
        assert!(restored.complaints.contains("is not empty"), "{}", restored.complaints);
        let nothing = run(home, &["backup", "other.tar", "--data", "nowhere"]);
        assert_snapshot!(nothing.complaints, @"teahouse: there is no data folder nowhere; name it with --data");
        assert!(!home.join("other.tar").exists());
    });
}

#[test]
fn a_damaged_archive_restores_nothing() {
    run_empty(Engine::Sqlite, |database, _| {
        let home = database.folder();
        start(home, "one").stop();
        assert!(run(home, &["backup", "tea.tar", "--data", "one"]).status.success());
        let whole = fs::read(home.join("tea.tar")).unwrap();
        let text = whole.iter().map(|byte| byte.wrapping_add(1)).collect::<Vec<u8>>();
        for damaged in [&whole[..whole.len() / 2], &whole[..600], &text, b""] {
            fs::write(home.join("bad.tar"), damaged).unwrap();
            let restored = run(home, &["restore", "bad.tar", "--data", "two"]);
            assert_eq!(restored.status.code(), Some(1), "{} bytes", damaged.len());
            assert_eq!(restored.complaints.lines().count(), 1, "{}", restored.complaints);
            let names = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<_> = names.collect();
            names.sort();
            assert_eq!(names, ["bad.tar", "one", "tea.tar"], "something was left behind");
        }
    });
}

#[test]
fn a_key_from_outside_stays_outside() {
    run_empty(Engine::Sqlite, |database, _| {
        let home = database.folder();
        let key = "5e".repeat(32);
        let with_key = |arguments: &[&str], key: &str| {
            let mut command = command(home, arguments);
            command.env("TEAHOUSE_SECRETS_INSTANCE_KEY", key);
            command
        };
        let arguments = ["dev", "--listen", "127.0.0.1:0", "--data", "one"];
        Teahouse::spawn(&mut with_key(&arguments, &key)).stop();
        let backup = finish(&mut with_key(&["backup", "tea.tar", "--data", "one"], &key));
        assert!(backup.output.contains("is not in it"), "{}", backup.output);
        let archive = fs::read(home.join("tea.tar")).unwrap();
        assert!(!archive.windows(key.len()).any(|part| part == key.as_bytes()));
        let restore = ["restore", "tea.tar", "--data", "two"];
        let refused = finish(&mut with_key(&restore, &"00".repeat(32)));
        assert_eq!(refused.status.code(), Some(1));
        assert!(refused.complaints.contains("is not the one of this backup"));
        let restored = finish(&mut with_key(&restore, &key));
        assert_eq!(restored.output, "two is restored\n", "{}", restored.complaints);
    });
}

#[test]
fn verify_sees_a_lost_file_and_a_running_instance_is_left_alone() {
    run_empty(Engine::Sqlite, |database, runtime| {
        let home = database.folder();
        let teahouse = start(home, "one");
        write_history(runtime, &teahouse);
        let refused = run(home, &["verify", "--data", "one"]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(refused.complaints.contains("another teahouse works on one"));
        teahouse.stop();
        let folders = fs::read_dir(home.join("one/files")).unwrap();
        let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
        let paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        let path =
            paths.iter().find(|path| fs::read(path).unwrap() == GIF).expect("it was uploaded");
        fs::write(path, b"another picture").unwrap();
        let verified = run(home, &["verify", "--data", "one"]);
        assert_eq!(verified.status.code(), Some(1));
        assert!(verified.output.ends_with("1 fault\n"), "{}", verified.output);
        fs::remove_file(path).unwrap();
        let verified = run(home, &["verify", "--data", "one"]);
        assert!(verified.output.ends_with("1 fault\n"), "{}", verified.output);
    });
}

#[test]
fn on_postgresql_files_and_key_are_carried_and_the_dump_is_named() {
    run_empty(Engine::Postgres, |database, runtime| {
        let home = database.folder();
        let url = database.url().expect("it is on a server");
        let place = ["--data", "one", "--database", &url];
        let with = |words: &[&str]| -> Vec<String> {
            words.iter().chain(&place).map(|word| (*word).to_owned()).collect()
        };
        let run_with = |words: &[&str]| {
            let arguments = with(words);
            run(home, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let arguments = with(&["dev", "--listen", "127.0.0.1:0"]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let teahouse = Teahouse::start(home, &arguments);
        let person = write_history(runtime, &teahouse);
        let backup = run_with(&["backup", "tea.tar"]);
        assert!(backup.output.contains("pg_dump --format=custom"), "{}", backup.output);
        teahouse.stop();
        assert_eq!(run_with(&["verify"]).output, "everything is in order\n");
        fs::rename(home.join("one"), home.join("lost")).unwrap();
        let restored = run_with(&["restore", "tea.tar"]);
        assert!(restored.output.contains("pg_restore"), "{}", restored.complaints);
        let teahouse = Teahouse::start(home, &arguments);
        let inbox = inbox(runtime, &teahouse, &person);
        assert_eq!(picture(runtime, &teahouse, &inbox), GIF);
        teahouse.stop();
        assert_eq!(run_with(&["verify"]).output, "everything is in order\n");
    });
}
