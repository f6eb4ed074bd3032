//! Figures for operators, in the text format of Prometheus. No figure names a person, an address or an election.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::{App, ServerError};

/// Upper bounds of the histogram of durations, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

#[derive(Default, Clone, Copy)]
struct Durations {
    within: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

#[derive(Default)]
struct Counted {
    requests: BTreeMap<(String, String, u16), u64>,
    durations: BTreeMap<String, Durations>,
    ballots: BTreeMap<&'static str, u64>,
}

/// What is counted.
pub(crate) struct Figures {
    counted: Mutex<Counted>,
    since: Instant,
}

impl Default for Figures {
    fn default() -> Self {
        Self { counted: Mutex::default(), since: Instant::now() }
    }
}

impl Figures {
    /// Counts a request by the pattern of its route, which holds nothing of what was asked for.
    pub(crate) fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = took.as_secs_f64();
        *counted.requests.entry((route.to_owned(), method.to_owned(), status)).or_default() += 1;
        let durations = counted.durations.entry(route.to_owned()).or_default();
        for (within, bound) in durations.within.iter_mut().zip(BOUNDS) {
            *within += u64::from(seconds <= bound);
        }
        durations.count += 1;
        durations.sum += seconds;
    }

    /// Counts a ballot: `accepted`, or why it was refused.
    pub(crate) fn ballot(&self, outcome: &'static str) {
        *self.counted.lock().unwrap_or_else(PoisonError::into_inner).ballots.entry(outcome).or_default() += 1;
    }

    fn text(&self) -> String {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        head(&mut text, "adil_up_seconds", "gauge", "Seconds since the process began.");
        line(&mut text, "adil_up_seconds", "", self.since.elapsed().as_secs());
        head(&mut text, "adil_requests_total", "counter", "Requests by route, method and status.");
        for ((route, method, status), count) in &counted.requests {
            let labels = format!("{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}");
            line(&mut text, "adil_requests_total", &labels, count);
        }
        head(&mut text, "adil_request_seconds", "histogram", "How long requests took.");
        for (route, durations) in &counted.durations {
            for (within, bound) in durations.within.iter().zip(BOUNDS) {
                let labels = format!("{{route=\"{route}\",le=\"{bound}\"}}");
                line(&mut text, "adil_request_seconds_bucket", &labels, within);
            }
            let labels = format!("{{route=\"{route}\",le=\"+Inf\"}}");
            line(&mut text, "adil_request_seconds_bucket", &labels, durations.count);
            let labels = format!("{{route=\"{route}\"}}");
            line(&mut text, "adil_request_seconds_sum", &labels, durations.sum);
            line(&mut text, "adil_request_seconds_count", &labels, durations.count);
        }
        head(&mut text, "adil_ballots_total", "counter", "Ballots by what became of them.");
        for (outcome, count) in &counted.ballots {
            line(&mut text, "adil_ballots_total", &format!("{{outcome=\"{outcome}\"}}"), count);
        }
        text
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = writeln!(text, "{name}{labels} {value}");
}

impl App {
    /// All figures, in the text format of Prometheus.
    ///
    /// # Errors
    /// The database fails.
    pub async fn figures(&self) -> Result<String, ServerError> {
        let mut text = self.figures.text();
        let mut gauge = |name: &str, help: &str, value: u64| {
            head(&mut text, name, "gauge", help);
            line(&mut text, name, "", value);
        };
        let queue = self.queue_length().await?;
        gauge("adil_mail_waiting", "Letters that wait.", queue.waiting);
        gauge("adil_mail_oldest_seconds", "Seconds since the oldest waiting letter was due.", queue.oldest_seconds);
        gauge("adil_mail_given_up", "Letters that were given up.", queue.given_up);
        let (logs, entries): (i64, Option<i64>) =
            sqlx::query_as("SELECT COUNT(*), CAST(SUM(size) AS BIGINT) FROM log_head")
                .fetch_one(&self.store.read)
                .await?;
        gauge("adil_logs", "Logs of elections.", crate::store::to_u64(logs));
        gauge("adil_log_entries", "Entries in all logs.", crate::store::to_u64(entries.unwrap_or(0)));
        for (name, pool) in [("write", &self.store.write), ("read", &self.store.read)] {
            let size = u64::from(pool.size());
            gauge(&format!("adil_database_{name}_connections"), "Connections to the database.", size);
            let idle = u64::try_from(pool.num_idle()).unwrap_or(0);
            gauge(&format!("adil_database_{name}_idle"), "Connections that nobody uses.", idle);
        }
        Ok(text)
    }
}
