//! The command as a process, and the platform as a whole.

mod testkit;
