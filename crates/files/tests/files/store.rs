//! Bytes are kept under their hash.

use std::fs::{self, File, FileTimes};
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use files::{Error, Hash, Store};
use tempfile::TempDir;

const DAY: Duration = Duration::from_hours(24);

fn store() -> (TempDir, Store) {
    let dir = TempDir::new().unwrap();
    let store = Store::open(&dir.path().join("a/b")).unwrap();
    (dir, store)
}

fn place(dir: &TempDir, hash: &Hash) -> PathBuf {
    let name = hash.to_string();
    dir.path().join("a/b").join(&name[..2]).join(&name[2..])
}

/// Makes a file look as if it had been written `age` ago.
fn age(path: &PathBuf, age: Duration) {
    let file = File::options().write(true).open(path).unwrap();
    let written = file.metadata().unwrap().modified().unwrap() - age;
    file.set_times(FileTimes::new().set_modified(written)).unwrap();
}

#[tokio::test]
async fn what_was_put_comes_back() {
    let (_dir, store) = store();
    for bytes in [Bytes::new(), "tea".into(), vec![7; 3_000_000].into()] {
        let hash = store.put(bytes.clone()).await.unwrap();
        assert_eq!(hash, Hash::of(&bytes));
        assert!(store.exists(&hash).await.unwrap());
        assert_eq!(store.get(&hash).await.unwrap(), bytes);
        store.verify(&hash).await.unwrap();
    }
}

#[tokio::test]
async fn another_opening_of_the_folder_finds_the_files() {
    let (dir, store) = store();
    let hash = store.put("tea".into()).await.unwrap();
    let again = Store::open(&dir.path().join("a/b")).unwrap();
    assert_eq!(again.get(&hash).await.unwrap(), "tea");
    assert!(place(&dir, &hash).is_file());
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let (_dir, store) = store();
    let hash = Hash::of(b"tea");
    assert!(!store.exists(&hash).await.unwrap());
    assert_eq!(store.get(&hash).await, Err(Error::Missing(hash)));
    assert_eq!(store.verify(&hash).await, Err(Error::Missing(hash)));
    store.delete(&hash).await.unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_found_and_healed_by_the_next_put() {
    let (dir, store) = store();
    let hash = store.put("tea".into()).await.unwrap();
    fs::write(place(&dir, &hash), "tee").unwrap();
    assert_eq!(store.verify(&hash).await, Err(Error::Damaged(hash)));
    store.put("tea".into()).await.unwrap();
    store.verify(&hash).await.unwrap();
}

#[tokio::test]
async fn a_deleted_file_is_gone() {
    let (_dir, store) = store();
    let hash = store.put("tea".into()).await.unwrap();
    store.delete(&hash).await.unwrap();
    assert!(!store.exists(&hash).await.unwrap());
}

#[tokio::test]
async fn the_256_lists_hold_every_file_once_with_its_age() {
    let (dir, store) = store();
    let mut put = Vec::new();
    for number in 0..40_u32 {
        put.push(store.put(Bytes::from(number.to_string())).await.unwrap());
    }
    age(&place(&dir, &put[0]), DAY);
    put.sort();
    let mut listed = Vec::new();
    for folder in 0..=255 {
        listed.extend(store.list(folder).await.unwrap());
    }
    assert_eq!(listed.iter().map(|file| file.hash).collect::<Vec<_>>(), put);
    assert!(listed.iter().all(|file| file.size_bytes == 1 || file.size_bytes == 2));
    let old: Vec<_> = listed.iter().filter(|file| file.age >= DAY).map(|f| f.hash).collect();
    assert_eq!(old, [Hash::of(b"0")]);
}

#[tokio::test]
async fn only_what_nobody_put_lately_is_deleted_by_age() {
    let (dir, store) = store();
    let hash = store.put("tea".into()).await.unwrap();
    assert!(!store.delete_older_than(&hash, DAY).await.unwrap());

    age(&place(&dir, &hash), DAY);
    store.put("tea".into()).await.unwrap();
    assert!(!store.delete_older_than(&hash, DAY).await.unwrap(), "putting it again renews it");

    age(&place(&dir, &hash), DAY);
    assert!(store.delete_older_than(&hash, DAY).await.unwrap());
    assert!(!store.delete_older_than(&hash, DAY).await.unwrap());
    assert!(!store.exists(&hash).await.unwrap());
}

#[tokio::test]
async fn what_a_crash_left_half_written_is_removed_after_a_day() {
    let (dir, store) = store();
    let hash = store.put("tea".into()).await.unwrap();
    let first_byte = hash.as_bytes()[0];
    let half = place(&dir, &hash).with_file_name("0123#1");
    fs::write(&half, "t").unwrap();
    assert_eq!(store.list(first_byte).await.unwrap().len(), 1, "it is no file of the store");
    assert_eq!(store.remove_leftovers(first_byte).await, Ok(0));
    age(&half, DAY);
    age(&place(&dir, &hash), DAY);
    assert_eq!(store.remove_leftovers(first_byte).await, Ok(1));
    assert!(!half.exists());
    assert_eq!(store.remove_leftovers(first_byte.wrapping_add(1)).await, Ok(0));
    assert!(store.exists(&hash).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_puts_of_one_file_at_once_leave_one_whole_file() {
    let (_dir, store) = store();
    let bytes = Bytes::from(vec![5; 100_000]);
    let puts: Vec<_> = (0..32)
        .map(|_| {
            let (store, bytes) = (store.clone(), bytes.clone());
            tokio::spawn(async move { store.put(bytes).await })
        })
        .collect();
    for put in puts {
        store.verify(&put.await.unwrap().unwrap()).await.unwrap();
    }
    assert_eq!(store.list(Hash::of(&bytes).as_bytes()[0]).await.unwrap().len(), 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_a_storage_error() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let opened = Store::open(&dir.path().join("file/store"));
    assert!(matches!(opened, Err(Error::Storage(_))));
}

#[test]
fn a_hash_is_read_as_it_is_written() {
    let hash = Hash::of(b"");
    let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hash.to_string(), text);
    assert_eq!(text.parse(), Ok(hash));
    assert_eq!(Hash::from(*hash.as_bytes()), hash);
    for wrong in ["", "e3", &text[1..], &text.to_uppercase(), &format!("{text}00"), &"g".repeat(64)]
    {
        assert!(wrong.parse::<Hash>().is_err(), "{wrong}");
    }
}
