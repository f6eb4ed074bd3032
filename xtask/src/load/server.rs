//! A server that runs beside the clients.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running `adil serve`; it ends with this.
pub(super) struct Server {
    child: Child,
    pub(super) address: String,
}

impl Server {
    pub(super) fn start(adil: &Path, data: &Path, database: Option<&str>) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("adil serve: {error}");
        let mut command = Command::new(adil);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        command.env("ADIL_LOG", "warn").stdout(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let output = child.stdout.take().ok_or("adil serve has no output")?;
        let mut lines = BufReader::new(output).lines();
        let told = lines.next().transpose().map_err(failed)?.unwrap_or_default();
        let address = told.split_whitespace().find_map(|word| word.find("http://").and_then(|at| word.get(at..)));
        let address = address.ok_or_else(|| format!("adil serve says {told:?}"))?.trim_end_matches('/').to_owned();
        // What it says later is read, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, address })
    }

    fn status(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0.0) / 1024.0
    }

    /// Resident memory.
    pub(super) fn resident_mib(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// The largest resident memory.
    pub(super) fn peak_mib(&self) -> f64 {
        self.status("VmHWM:")
    }

    /// User and system time so far.
    pub(super) fn cpu_seconds(&self) -> f64 {
        crate::cpu::seconds_of(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
