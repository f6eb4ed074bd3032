//! Signing in with a password, and an app's code where there is a second factor.

use super::Network;
use crate::{App, ServerError};

impl App {
    /// Whose the address, password and code are.
    ///
    /// # Errors
    /// `Refused` with `sign-in` (something is wrong, and it is not said what), or `sign-in-by-mail` (only a mailed link
    /// lets in); `TooMany` where it is too early for another attempt.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        code: &str,
        network: &Network,
    ) -> Result<i64, ServerError> {
        let wrong = || ServerError::refused("sign-in", "address, password or code is wrong");
        let email = super::address(email).ok_or_else(wrong)?;
        self.begin_attempt(&email, network).await?;
        let organiser = self.organiser_of(&email).await?;
        let kept = organiser.as_ref().and_then(|organiser| organiser.password.as_deref());
        let is_password = self.hasher.is_password(password, kept).await?;
        if let Some(organiser) = organiser.filter(|_| is_password)
            && self.takes_code(&organiser, code).await?
        {
            self.attempt_was_right(&email, network).await?;
            return Ok(organiser.id);
        }
        self.attempt_was_wrong(&email).await?;
        Err(wrong())
    }
}
