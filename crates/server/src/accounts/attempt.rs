//! Wrong passwords are made slow without letting a stranger lock anybody out.
//!
//! * For an address and the network that the attempts come from, the delay grows: none for three, then 2, 4, 8 … seconds, up to
//!   a quarter of an hour. A stranger elsewhere does not slow the owner down.
//! * For an address from all networks together there is a soft limit of 50 wrong ones in a day. Beyond it passwords are taken
//!   only from networks from which the owner has signed in before; from elsewhere a mailed link still lets her in.
//!
//! Attempts are counted before they are looked at, so that guessing in parallel gains nothing. The table holds keyed digests,
//! no addresses.

use std::net::{IpAddr, Ipv6Addr};

use sqlx::AnyConnection;

use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, ServerSecret, system};

/// Wrong attempts without a delay.
const FREE: u64 = 3;
/// The longest delay, in seconds.
const LONGEST_DELAY_SECONDS: u64 = 15 * 60;
/// Wrong attempts from everywhere in a day until passwords from unknown networks are no longer taken.
const SOFT_LIMIT: u64 = 50;
/// Seconds in which those are counted.
const DAY_SECONDS: u64 = 24 * 60 * 60;
/// Seconds in which letters to an address are counted.
pub(super) const MAIL_SECONDS: u64 = 60 * 60;
/// Seconds for which a network stays known.
const KNOWN_SECONDS: u64 = 90 * DAY_SECONDS;

/// The network that somebody comes from: the first 24 bits of an IPv4 address, the first 48 of an IPv6 one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(four) => {
                let [a, b, c, _] = four.octets();
                Self(IpAddr::from([a, b, c, 0]))
            }
            IpAddr::V6(six) => {
                let [a, b, c, ..] = six.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)))
            }
        }
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        self.0 == IpAddr::from([127, 0, 0, 0]) || self.0.is_loopback() || self.0.is_unspecified()
    }
}

/// Seconds until the next attempt after so many wrong ones.
fn delay(failures: u64) -> u64 {
    match failures.checked_sub(FREE + 1) {
        None => 0,
        Some(more) => 2_u64.saturating_pow(u32::try_from(more + 1).unwrap_or(u32::MAX)).min(LONGEST_DELAY_SECONDS),
    }
}

/// What the table calls something that is counted: it tells nothing without the secret.
pub(crate) fn subject(secret: &ServerSecret, purpose: &str, parts: &[&str]) -> String {
    let key = secret.key(&format!("attempt/{purpose}/{}", parts.join("\u{1f}")));
    key.iter().take(20).fold(format!("{purpose}:"), |text, byte| format!("{text}{byte:02x}"))
}

/// Counts something in a window that begins with the first: the number in it, and the seconds until it ends.
pub(crate) async fn count_in(
    connection: &mut AnyConnection,
    subject: &str,
    seconds: u64,
) -> Result<(u64, u64), ServerError> {
    let now = system::seconds();
    let (count, end): (i64, i64) = sqlx::query_as(
        "INSERT INTO attempt (subject, failures, free_at) VALUES ($1, 1, $2) ON CONFLICT (subject) DO UPDATE SET \
         failures = CASE WHEN attempt.free_at <= $3 THEN 1 ELSE attempt.failures + 1 END, \
         free_at = CASE WHEN attempt.free_at <= $3 THEN excluded.free_at ELSE attempt.free_at END \
         RETURNING failures, free_at",
    )
    .bind(subject)
    .bind(to_i64(now + seconds))
    .bind(to_i64(now))
    .fetch_one(connection)
    .await?;
    Ok((to_u64(count), to_u64(end).saturating_sub(now)))
}

impl App {
    pub(super) fn subject(&self, purpose: &str, parts: &[&str]) -> String {
        subject(&self.secret, purpose, parts)
    }

    fn of_pair(&self, email: &str, network: &Network) -> String {
        self.subject("pair", &[email, &network.0.to_string()])
    }

    /// Counts an attempt to sign in that is about to be looked at.
    pub(super) async fn begin_attempt(&self, email: &str, network: &Network) -> Result<(), ServerError> {
        let known = self.subject("known", &[email, &network.0.to_string()]);
        let is_known = self.counted(&known, 0).await?.is_some();
        let from_everywhere = self.counted(&self.subject("account", &[email]), 0).await?.unwrap_or(0);
        if from_everywhere >= SOFT_LIMIT && !is_known {
            let text = "too many wrong passwords were tried for this address: ask for a link by mail";
            return Err(ServerError::refused("sign-in-by-mail", text));
        }
        self.count_with_delay(&self.of_pair(email, network)).await
    }

    /// Counts another attempt at something, and refuses it before its time has come.
    pub(crate) async fn count_with_delay(&self, subject: &str) -> Result<(), ServerError> {
        let now = system::seconds();
        let mut change = self.store.begin().await?;
        let (failures, free_at): (i64, i64) = sqlx::query_as(
            "INSERT INTO attempt (subject, failures, free_at) VALUES ($1, 1, 0) \
             ON CONFLICT (subject) DO UPDATE SET failures = attempt.failures + 1 RETURNING failures, free_at",
        )
        .bind(subject)
        .fetch_one(&mut *change)
        .await?;
        if to_u64(free_at) > now {
            change.rollback().await?;
            return Err(ServerError::TooMany { seconds: to_u64(free_at) - now });
        }
        sqlx::query("UPDATE attempt SET free_at = $1 WHERE subject = $2")
            .bind(to_i64(now + delay(to_u64(failures))))
            .bind(subject)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(())
    }

    /// Notes that the attempt was wrong.
    pub(super) async fn attempt_was_wrong(&self, email: &str) -> Result<(), ServerError> {
        self.count_in_window(&self.subject("account", &[email]), DAY_SECONDS).await?;
        Ok(())
    }

    /// Notes that it was right: the delay goes, and the network is known.
    pub(super) async fn attempt_was_right(&self, email: &str, network: &Network) -> Result<(), ServerError> {
        sqlx::query("DELETE FROM attempt WHERE subject = $1")
            .bind(self.of_pair(email, network))
            .execute(&self.store.write)
            .await?;
        let known = self.subject("known", &[email, &network.0.to_string()]);
        sqlx::query(
            "INSERT INTO attempt (subject, failures, free_at) VALUES ($1, 0, $2) \
             ON CONFLICT (subject) DO UPDATE SET free_at = excluded.free_at",
        )
        .bind(known)
        .bind(to_i64(system::seconds() + KNOWN_SECONDS))
        .execute(&self.store.write)
        .await?;
        Ok(())
    }

    /// Counts a letter to an address: whether it may still be sent, five in an hour.
    pub(super) async fn may_mail(&self, change: &mut Transaction, email: &str) -> Result<bool, ServerError> {
        Ok(count_in(change, &self.subject("mail", &[email]), MAIL_SECONDS).await?.0 <= 5)
    }

    /// Counts something in a window that begins with the first: the number in it.
    pub(super) async fn count_in_window(&self, subject: &str, seconds: u64) -> Result<u64, ServerError> {
        let mut connection = self.store.write.acquire().await?;
        Ok(count_in(&mut connection, subject, seconds).await?.0)
    }

    /// What is counted and still stands.
    async fn counted(&self, subject: &str, least: i64) -> Result<Option<u64>, ServerError> {
        let count: Option<i64> =
            sqlx::query_scalar("SELECT failures FROM attempt WHERE subject = $1 AND free_at > $2 AND failures >= $3")
                .bind(subject)
                .bind(to_i64(system::seconds()))
                .bind(least)
                .fetch_optional(&self.store.read)
                .await?;
        Ok(count.map(to_u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_a_quarter_of_an_hour() {
        let delays: Vec<u64> = (1..=14).map(delay).collect();
        assert_eq!(delays, [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!(delay(u64::MAX), LONGEST_DELAY_SECONDS);
    }

    #[test]
    fn a_network_is_the_first_bits_of_an_address() {
        let network = |text: &str| Network::of(text.parse().expect("an address"));
        assert_eq!(network("192.0.2.1"), network("192.0.2.254"));
        assert_ne!(network("192.0.2.1"), network("192.0.3.1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.7"));
        assert_eq!(network("2001:db8:1::1"), network("2001:db8:1:ffff::1"));
        assert_ne!(network("2001:db8:1::1"), network("2001:db8:2::1"));
        assert!(network("127.0.0.1").is_loopback() && network("::1").is_loopback());
        assert!(!network("192.0.2.1").is_loopback());
    }
}
