//! The parts of the `teahouse` command: configuration, data folder, listener, commands.

mod archive;
pub mod commands;
pub mod configuration;
mod folder;
mod instance;
mod instance_key;
pub mod listener;
mod logs;
pub mod node;
mod node_name;
