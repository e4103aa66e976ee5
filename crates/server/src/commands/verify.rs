//! `teahouse verify`: what is stored agrees with itself.

use std::process::ExitCode;

use db::Db;
use platform::verify;
use tokio::runtime::Builder;

use super::offline::{self, Place};
use super::output::print;
use crate::folder::DataFolder;
use crate::instance_key::InstanceKey;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.place.configure()?;
    // Looked at first, because opening would make what is not there.
    DataFolder::look_at(&configuration.store.data)?;
    let folder = DataFolder::open(&configuration.store.data)?;
    let db = offline::open(offline::store(&configuration, &folder))?;
    InstanceKey::open(&configuration.secrets, &folder, &db)?;
    let faults = list_faults(&db, &folder)?;
    db.close();
    let sum = match faults.len() {
        0 => "everything is in order".to_owned(),
        1 => "1 fault".to_owned(),
        count => format!("{count} faults"),
    };
    let lines: Vec<&str> = faults.iter().chain([&sum]).map(String::as_str).collect();
    print(&(lines.join("\n") + "\n"))?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn list_faults(db: &Db, folder: &DataFolder) -> anyhow::Result<Vec<String>> {
    let mut faults = db.verify()?;
    // Rows of a damaged structure would only be more sentences about the same fault.
    if faults.is_empty() {
        faults.extend(verify::list_faults(db)?);
        let files = files::Store::open(&folder.files())?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        faults.extend(runtime.block_on(verify::edge::list_file_faults(db, &files))?);
    }
    Ok(faults)
}
